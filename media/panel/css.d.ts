/** Stylesheets are bundled by esbuild into panel.css beside panel.js. */
declare module '*.css' {}

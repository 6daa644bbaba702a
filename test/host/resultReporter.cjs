// Mocha's usual output on the terminal, and the result as JSON in MALMOI_TEST_RESULT for the runner outside.
const fs = require('node:fs');
const loaded = require('mocha');
const Mocha = loaded.default ?? loaded;
const Spec = (loaded.reporters ?? Mocha.reporters).Spec;

module.exports = class ResultReporter extends Spec {
  constructor(runner, options) {
    super(runner, options);
    const result = { passed: [], failed: [], skipped: [] };
    runner.on('pass', test => result.passed.push(test.fullTitle()));
    runner.on('pending', test => result.skipped.push(test.fullTitle()));
    runner.on('fail', (test, error) =>
      result.failed.push({ title: test.fullTitle(), error: error.stack ?? String(error) }),
    );
    runner.on('end', () => {
      if (process.env.MALMOI_TEST_RESULT)
        fs.writeFileSync(process.env.MALMOI_TEST_RESULT, JSON.stringify(result));
    });
  }
};

/**
 * Property tests draw the same examples in every run: what passes once passes again, and a submission fails for its own
 * faults alone. `MALMOI_SEED=7 npm run test:unit` draws others; do that now and then.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.MALMOI_SEED ?? 20_261_129) });

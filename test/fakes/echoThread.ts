/** A worker that answers with what it got, slowly, wrongly or never, as asked. */
import { threadId } from 'node:worker_threads';
import { answerRequests } from '../../src/threads/thread.ts';
import { UserError } from '../../src/errors/userError.ts';

answerRequests<string, string>(async request => {
  if (request === 'hang') for (;;);
  if (request === 'die') process.exit(3);
  if (request === 'fail') throw new UserError('modelDamaged', 'model.onnx');
  if (request === 'thread') return String(threadId);
  await new Promise(resolve => setTimeout(resolve, 20));
  return request;
});

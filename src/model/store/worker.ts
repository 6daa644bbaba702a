/** Entry point of the installer's thread: it downloads, unpacks, converts and hashes while the engine answers. */
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import { doJob, type JobOptions } from '../../threads/jobThread.ts';
import { convertCheckpoint } from '../convert/convertCheckpoint.ts';
import type { ModelFolder } from '../modelFolder.ts';
import { probeModel } from '../probeModel.ts';
import type { Converter, ModelProbe } from './converter.ts';
import { downloadModel } from './download/downloadModel.ts';
import { importModel } from './importModel.ts';
import { withHub, type InstallProgress, type InstallRequest } from './installRequest.ts';
import { requireFreeName } from './placeModel.ts';

doJob<InstallRequest, InstallProgress, { readonly name: string }>(async (request, options) => ({
  name: path.basename((await install(request, options)).path),
}));

async function install(
  { source, models, quantisation, threads }: InstallRequest,
  options: JobOptions<InstallProgress>,
): Promise<ModelFolder> {
  const converter: Converter = convert => convertCheckpoint({ ...convert, threads });
  const probe: ModelProbe = folder => probeModel(folder, threads);
  if (source.kind === 'import')
    return importModel({ source: source.path, models, quantisation, converter, probe, ...options });
  const { id, commit, network, name } = source;
  await requireFreeName(models, name);
  return withHub(network, process.env, async hub => {
    const listing = await hub.list(id, commit, options.signal);
    // Only the commit that the user agreed to is downloaded.
    if (listing.commit !== commit) throw new UserError('downloadUnsafe', `${id}: ${listing.commit}`);
    return downloadModel(hub, listing, { models, name, quantisation, converter, probe }, options);
  });
}

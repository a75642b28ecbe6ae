import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createLogger } from 'vite';

/** Files by their path on the server. */
type Site = ReadonlyMap<string, string | Uint8Array>;

/** The page with all that it needs, as Vite makes it of the built package. A warning is an error. */
export const bundlePage = async (): Promise<Site> => {
  const warnings: string[] = [];
  const logger = createLogger('warn');
  logger.warn = (message) => void warnings.push(message);
  const result = await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    customLogger: logger,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { write: false, modulePreload: { polyfill: false } },
  });
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  const outputs = Array.isArray(result) ? result : [result];
  return new Map(
    outputs
      .flatMap((each) => ('output' in each ? each.output : []))
      .map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
};

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves files to this machine alone, on any free port. */
export const serve = async (site: Site): Promise<{ readonly origin: string; close(): void }> => {
  const server = createServer(({ url = '/' }, response) => {
    const file = url === '/' ? '/index.html' : url;
    const content = site.get(file);
    if (content === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? '' }).end(content);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};

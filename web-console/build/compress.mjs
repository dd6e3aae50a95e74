// Behind each text file its gzip form, so that the server compresses nothing while it serves, and
// the list of all files, since a jar cannot be listed by name.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = 'dist';
const LIMIT = 400 * 1024;

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.gz') && entry.name !== 'files.txt')
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();

const sizes = new Map();
for (const file of files) {
  if (!/\.(html|js|css|svg|json)$/.test(file)) continue;
  const packed = gzipSync(readFileSync(join(folder, file)), { level: 9 });
  sizes.set(file, packed.length);
  if (packed.length < statSync(join(folder, file)).size) writeFileSync(join(folder, `${file}.gz`), packed);
}
const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'files.txt')
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();
writeFileSync(join(folder, 'files.txt'), all.join('\n') + '\n');

// What a browser fetches before it can show the first page: what index.html names.
const page = readFileSync(join(folder, 'index.html'), 'utf8');
const first = ['index.html', ...[...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1])];
const bytes = first.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
console.log(`first load: ${(bytes / 1024).toFixed(0)} KiB compressed in ${first.length} files`);
if (bytes > LIMIT) {
  console.error(`first load: ${bytes} bytes compressed, expected at most ${LIMIT}`);
  process.exit(1);
}

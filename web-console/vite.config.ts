import vue from '@vitejs/plugin-vue';
import Components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vitest/config';

// In development the pages come from vite and everything else from a running cti-server.
const server = process.env.CTI_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [vue(), Components({ dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] })],
  build: {
    outDir: 'dist',
    // Nothing inline: the server's content security policy lets no data: scripts or fonts in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // The page that calls the hotline is one of its own; it is served in the demo alone.
    rolldownOptions: { input: { index: 'index.html', try: 'try.html' } },
  },
  server: { proxy: { '/api': { target: server, ws: true }, '/health': server } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    // Files share what they import: to load the components anew for each took three quarters of the time. So no
    // test puts something in a module's place (vi.mock); it puts it in the browser's (vi.stubGlobal, testing.ts).
    isolate: false,
    // What hangs is ended by them; how quick a page is, they do not judge: it is tested beside much else.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { inline: ['element-plus'] } },
  },
});

import { defineConfig } from 'vite'

/** Two pages: the one at `/`, and the explorer at `/graphql`. Nothing inline: the server's policy allows no such code. */
export default defineConfig({
  base: '/',
  worker: { format: 'es' },
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rollupOptions: {
      input: ['index.html', 'explorer.html'],
      onwarn: (warning, say) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || say(warning),
    },
  },
})

import vue from '@vitejs/plugin-vue';

const isCustomElement = (tag) => tag.startsWith('realtime-');

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };

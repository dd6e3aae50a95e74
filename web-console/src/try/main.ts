// The page that calls the hotline, of the demo alone: nobody signs in.
import 'element-plus/theme-chalk/base.css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import '../theme/console.css';
import { createApp } from 'vue';
import { followTheme } from '../theme/theme';
import { i18n, languageTag } from '../words/words';
import TryPage from './TryPage.vue';

document.documentElement.lang = languageTag.value;
followTheme();
createApp(TryPage).use(i18n).mount('#app');

import 'element-plus/theme-chalk/base.css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import './theme/console.css';
import { createApp } from 'vue';
import App from './shell/App.vue';
import { followPops } from './agent/pops';
import { followPhone } from './softphone/phone';
import { followNotices } from './shell/notices';
import { router } from './shell/routes';
import { followTheme } from './theme/theme';
import { i18n, languageTag } from './words/words';

document.documentElement.lang = languageTag.value;
followTheme();
followPops();
followNotices();
followPhone();
createApp(App).use(i18n).use(router).mount('#app');

// The icons of the menu, by the names that routes.ts uses.
import { DataBoard, Headset, List, Microphone, Notebook, PhoneFilled, Setting, Share, Tickets, UserFilled } from '@element-plus/icons-vue';
import type { Component } from 'vue';

export const icons: Record<string, Component> = {
  DataBoard,
  Headset,
  List,
  Microphone,
  Notebook,
  PhoneFilled,
  Setting,
  Share,
  Tickets,
  UserFilled,
};

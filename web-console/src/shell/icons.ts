// The icons of the menu, by the names that routes.ts uses.
import { CircleCheck, Coffee, DataBoard, Headset, List, Microphone, Notebook, PhoneFilled, SetUp, Tickets, UserFilled } from '@element-plus/icons-vue';
import type { Component } from 'vue';

export const icons: Record<string, Component> = {
  CircleCheck,
  Coffee,
  DataBoard,
  Headset,
  List,
  Microphone,
  Notebook,
  PhoneFilled,
  SetUp,
  Tickets,
  UserFilled,
};

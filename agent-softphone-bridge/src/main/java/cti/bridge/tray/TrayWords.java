package cti.bridge.tray;

import java.util.Locale;

/** What the tray says, in the language of the desktop: Chinese, or English. */
enum TrayWords {
  CHINESE(
      "未配对，请在控制台取配对码后重新配对", "服务器暂时连不上，会自动重试", "已连接服务器", "话机 %s 已注册", "话机 %s 未注册", "振铃时弹屏", "退出"),
  ENGLISH(
      "not paired: pair with a new code from the console",
      "the server is away, it is tried again",
      "linked to the server",
      "phone %s is registered",
      "phone %s is not registered",
      "Screen-pop",
      "Quit");

  private final String pairAnew;
  private final String serverAway;
  private final String linked;
  private final String registered;
  private final String notRegistered;
  private final String pop;
  private final String quit;

  TrayWords(
      String pairAnew,
      String serverAway,
      String linked,
      String registered,
      String notRegistered,
      String pop,
      String quit) {
    this.pairAnew = pairAnew;
    this.serverAway = serverAway;
    this.linked = linked;
    this.registered = registered;
    this.notRegistered = notRegistered;
    this.pop = pop;
    this.quit = quit;
  }

  static TrayWords of(Locale locale) {
    return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }

  String pairAnew() {
    return pairAnew;
  }

  String serverAway() {
    return serverAway;
  }

  String linked() {
    return linked;
  }

  String registered(String number) {
    return registered.formatted(number).replace("  ", " ");
  }

  String notRegistered(String number) {
    return notRegistered.formatted(number).replace("  ", " ");
  }

  String pop() {
    return pop;
  }

  String quit() {
    return quit;
  }
}

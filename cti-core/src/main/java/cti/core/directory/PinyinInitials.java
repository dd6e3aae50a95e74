package cti.core.directory;

import java.nio.charset.Charset;

/**
 * The first letters of a Chinese name in pinyin, such as zs for 张三. The 3,755 common characters of
 * GB 2312 are in the order of their pinyin, so their code tells the letter; of a character with
 * several readings that is one of them, and rarer characters have none here.
 */
public final class PinyinInitials {
  private static final Charset GB2312 = Charset.forName("GB2312");
  private static final String LETTERS = "abcdefghjklmnopqrstwxyz";

  /** The first code of each letter; the last one is behind the end of level 1. */
  private static final int[] FIRST = {
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1, 0xD7FA
  };

  private PinyinInitials() {}

  /** One letter a common character; Latin letters and digits as they are, in lower case. */
  public static String of(String name) {
    StringBuilder initials = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 0x80) {
        if (Character.isLetterOrDigit(c)) {
          initials.append(Character.toLowerCase(c));
        }
      } else if (c >= 0x4E00 && c <= 0x9FA5) {
        letter(c, initials);
      }
    }
    return initials.toString();
  }

  private static void letter(char c, StringBuilder initials) {
    byte[] code = String.valueOf(c).getBytes(GB2312);
    if (code.length != 2) {
      return;
    }
    int value = (code[0] & 0xFF) << 8 | code[1] & 0xFF;
    for (int i = LETTERS.length() - 1; i >= 0; i--) {
      if (value >= FIRST[i]) {
        if (value < FIRST[LETTERS.length()]) {
          initials.append(LETTERS.charAt(i));
        }
        return;
      }
    }
  }
}

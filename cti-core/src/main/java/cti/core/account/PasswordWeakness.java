package cti.core.account;

/** Why a password cannot be taken. */
public enum PasswordWeakness {
  /** Fewer than {@value #LEAST} characters. */
  TOO_SHORT,
  /** More than {@value #MOST} characters: each costs time to hash. */
  TOO_LONG,
  /** The one that it should replace. */
  UNCHANGED,
  /** The name of the user, in upper or lower case. */
  IS_USER_NAME,
  /** One of the last {@value #REMEMBERED} that they had. */
  USED_BEFORE;

  public static final int LEAST = 10;
  public static final int MOST = 200;
  public static final int REMEMBERED = 5;
}

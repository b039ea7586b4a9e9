package io.kneard.supervisor;

/** How a key comes into the process. */
public enum Promotion {
  /** The key file is put in place and neard told to read it again (SIGHUP). */
  HOT,
  /** neard is stopped and started again with the key in place. */
  RESTART
}

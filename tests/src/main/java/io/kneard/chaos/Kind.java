package io.kneard.chaos;

/** What happens to a host, and what an operator asks of it. */
enum Kind {
  DAEMON_KILLED("daemon killed"),
  DAEMON_STOPPED("daemon stopped"),
  FENCE_KILLED("fence killed"),
  FENCE_STOPPED("fence stopped"),
  NEARD_KILLED("neard killed"),
  NEARD_STOPPED("neard stopped"),
  CONSUL_KILLED("Consul server killed"),
  CONSUL_STOPPED("Consul server stopped"),
  NODE_KILLED("database node killed"),
  NODE_STOPPED("database node stopped"),
  CUT_ONE_WAY("sends to another host are lost"),
  CUT_PAIR("nothing passes between it and another host"),
  CUT_OFF("cut off from all other hosts"),
  CUT_FROM_CONSUL("cut off from its Consul server"),
  SLOW_NETWORK("is sent everything late, and some of it never"),
  HOME_FULL("neard's home is full"),
  RUNTIME_FULL("the runtime folder is full"),
  RELOAD("asked to reload"),
  PAUSE("asked to pause"),
  MAINTENANCE("asked for a planned stop"),
  SWITCHOVER("asked to hand over");

  final String text;

  Kind(String text) {
    this.text = text;
  }
}

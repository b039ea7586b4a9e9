package io.kneard.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with the settings, in one message without secrets. */
public final class SettingsProblem extends Exception {
  /** The exit code for it: EX_CONFIG of sysexits.h. */
  public static final int EXIT_CODE = 78;

  private static final long serialVersionUID = 1L;

  private final transient List<Complaint> complaints;

  SettingsProblem(List<Complaint> complaints) {
    super(text(complaints));
    this.complaints = List.copyOf(complaints);
  }

  /** One by one, in the order in which they were found; never empty. */
  public List<Complaint> complaints() {
    return complaints;
  }

  private static String text(List<Complaint> complaints) {
    String count = complaints.size() == 1 ? "1 problem" : complaints.size() + " problems";
    return complaints.stream()
        .map(complaint -> "\n  " + complaint)
        .collect(Collectors.joining("", count + " in the settings:", ""));
  }
}

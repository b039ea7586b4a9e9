package io.kneard.ctl;

import picocli.CommandLine.IVersionProvider;

/** The version that was packaged. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String packaged = Kneardctl.class.getPackage().getImplementationVersion();
    return new String[] {Kneardctl.NAME + " " + (packaged == null ? "unpackaged" : packaged)};
  }
}

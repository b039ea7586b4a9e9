package io.kneard.ctl;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A block height, or a number of blocks. */
final class BlockCount implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    try {
      long blocks = Long.parseLong(text);
      if (blocks > 0) {
        return blocks;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new TypeConversionException("'" + text + "': a whole number above 0 is wanted");
  }
}

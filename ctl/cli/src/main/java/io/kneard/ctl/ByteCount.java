package io.kneard.ctl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A size with its unit, such as {@code 512M} or {@code 10G}; units of 1024. */
final class ByteCount implements ITypeConverter<Long> {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})([MGT])");

  @Override
  public Long convert(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches() || Long.parseLong(shape.group(1)) == 0) {
      throw new TypeConversionException("'" + text + "': a size such as 512M, 10G or 2T is wanted");
    }
    long amount = Long.parseLong(shape.group(1));
    return switch (shape.group(2)) {
      case "M" -> amount << 20;
      case "G" -> amount << 30;
      default -> amount << 40;
    };
  }
}

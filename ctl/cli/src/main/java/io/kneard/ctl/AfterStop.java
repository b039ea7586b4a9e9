package io.kneard.ctl;

import io.kneard.ctl.api.MaintenanceRequest;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What comes after the planned stop; also names the choices for completion. */
final class AfterStop implements ITypeConverter<String>, Iterable<String> {
  private static final List<String> CHOICES =
      List.of(MaintenanceRequest.RESTART, MaintenanceRequest.STOP);

  @Override
  public String convert(String text) {
    if (CHOICES.contains(text)) {
      return text;
    }
    throw new TypeConversionException("'" + text + "': restart or stop is wanted");
  }

  @Override
  public Iterator<String> iterator() {
    return CHOICES.iterator();
  }
}

package io.kneard.ctl.api.mesh;

/** A volume as a file for {@code drbdadm}. */
public record ExportView(String name, String text) {}

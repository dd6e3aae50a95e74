package cti.core.directory;

import java.util.Optional;

/**
 * A number of a person, as given and in its normal form.
 *
 * @param given as somebody typed it
 * @param e164 with the leading +, where the number can be dialled from outside
 * @param extension the digits of an internal number or of the extension behind a public number
 */
public record PhoneNumber(
    String given, NumberKind kind, Optional<String> e164, Optional<String> extension) {}

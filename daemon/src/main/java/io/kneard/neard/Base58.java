package io.kneard.neard;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** The alphabet in which NEAR writes keys. */
final class Base58 {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  /** Keys are shorter; decoding takes time with the square of the length. */
  private static final int MAX_LENGTH = 128;

  private Base58() {}

  /** The bytes the text stands for; empty if it is none of it. */
  static Optional<byte[]> decode(CharSequence text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    BigInteger number = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      zeros += digit == 0 && number.signum() == 0 ? 1 : 0;
      number = number.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    byte[] digits = number.signum() == 0 ? new byte[0] : number.toByteArray();
    int sign = digits.length > 0 && digits[0] == 0 ? 1 : 0; // toByteArray leaves room for a sign
    byte[] bytes = new byte[zeros + digits.length - sign];
    System.arraycopy(digits, sign, bytes, zeros, digits.length - sign);
    Arrays.fill(digits, (byte) 0);
    return Optional.of(bytes);
  }
}

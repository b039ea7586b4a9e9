package io.kneard.standin;

import java.math.BigInteger;

/** Bitcoin's base 58, which NEAR writes keys in. */
final class Base58 {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);

  private Base58() {}

  static String encode(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    BigInteger[] rest = {new BigInteger(1, bytes), BigInteger.ZERO};
    while (rest[0].signum() > 0) {
      rest = rest[0].divideAndRemainder(BASE);
      out.append(DIGITS.charAt(rest[1].intValue()));
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      out.append('1');
    }
    return out.reverse().toString();
  }

  static byte[] decode(String text) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("not base 58 at character " + i);
      }
      value = value.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    byte[] signed = value.signum() == 0 ? new byte[0] : value.toByteArray();
    int skip = signed.length > 0 && signed[0] == 0 ? 1 : 0;
    byte[] out = new byte[zeros + signed.length - skip];
    System.arraycopy(signed, skip, out, zeros, signed.length - skip);
    return out;
  }
}

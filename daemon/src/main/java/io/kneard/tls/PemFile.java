package io.kneard.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** A file in PEM: what is in it, or what is wanted of it. */
public final class PemFile {
  private static final long LARGEST = 4L * 1024 * 1024;

  private PemFile() {}

  /**
   * All certificates of a file, in its order.
   *
   * @throws PemProblem if there is not at least one
   */
  public static List<X509Certificate> certificates(Path file) throws PemProblem {
    String wish = "a PEM file with at least one certificate";
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new PemProblem("there is no certificate in it; " + wish);
      }
      return found;
    } catch (CertificateException e) {
      throw new PemProblem("it cannot be read as certificates; " + wish, e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The first private key of a file: PKCS #8, or as openssl and Consul write them for EC and RSA.
   *
   * @throws PemProblem if there is none, or it is encrypted; never with anything of the key in it
   */
  public static PrivateKey privateKey(Path file) throws PemProblem {
    String wish = "a PEM file with a private key that is not encrypted";
    requireFile(file);
    try (Reader in = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(in)) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (part instanceof PrivateKeyInfo key) {
          return new JcaPEMKeyConverter().getPrivateKey(key);
        }
        if (part instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (part instanceof PEMEncryptedKeyPair || part instanceof PKCS8EncryptedPrivateKeyInfo) {
          throw new PemProblem("the key in it is encrypted; " + wish);
        }
      }
      throw new PemProblem("there is no private key in it; " + wish);
    } catch (PemProblem e) {
      throw e;
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw unreadable(e);
    } catch (IOException | RuntimeException e) {
      throw new PemProblem("it cannot be read as a key; " + wish); // the cause may quote the key
    }
  }

  /** A pipe would be waited for, a disk would be read to its end. */
  private static void requireFile(Path file) throws PemProblem {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        throw new PemProblem(Files.exists(file) ? "a PEM file is wanted" : "no such file");
      }
    } catch (PemProblem e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static PemProblem unreadable(IOException e) {
    return new PemProblem("it cannot be read: " + e.getClass().getSimpleName(), e);
  }
}

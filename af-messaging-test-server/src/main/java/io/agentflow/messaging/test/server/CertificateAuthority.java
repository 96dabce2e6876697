package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * An authority that issues certificates for a test, as PEM files that nats-server and
 * Spring Boot read. Made by the JDK's keytool, which takes about a second for each. Not
 * safe for use by several threads.
 */
public final class CertificateAuthority {

	private static final String PASSWORD = "changeit";

	private final Path directory;

	private final String name;

	private CertificateAuthority(Path directory, String name) {
		this.directory = directory;
		this.name = name;
	}

	/**
	 * Makes an authority, and writes its certificate.
	 * @param directory where its files are kept; several authorities may share it
	 * @param name its name, that of its certificate, too
	 * @return the authority
	 * @throws IllegalStateException if keytool fails; the message holds its output
	 */
	public static CertificateAuthority create(Path directory, String name) {
		CertificateAuthority authority = new CertificateAuthority(directory, name);
		authority.keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-ext", "bc:c", "-validity", "30",
				"-keyalg", "EC");
		authority.writeCertificate(name);
		return authority;
	}

	/**
	 * Issues a key and a certificate that is valid now.
	 * @param name name of both, and the common name
	 * @param extension whom it is made out to, {@code san=dns:localhost} and the like
	 * @return this authority
	 * @throws IllegalStateException if keytool fails; the message holds its output
	 */
	public CertificateAuthority issue(String name, String extension) {
		return issue(name, extension, "-1d", 10);
	}

	/**
	 * Issues a key and a certificate.
	 * @param name name of both, and the common name
	 * @param extension whom it is made out to, {@code san=dns:localhost} and the like
	 * @param start when it becomes valid, in keytool's words: {@code -3d}
	 * @param days how many days it is valid from then on
	 * @return this authority
	 * @throws IllegalStateException if keytool fails; the message holds its output
	 */
	public CertificateAuthority issue(String name, String extension, String start, int days) {
		keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-signer", this.name, "-ext",
				extension, "-ext", "eku=serverAuth,clientAuth", "-startdate", start, "-validity",
				Integer.toString(days));
		writeCertificate(name);
		try {
			writePem(key(name), "PRIVATE KEY", store().getKey(name, PASSWORD.toCharArray()).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		return this;
	}

	/**
	 * Where the authority's own certificate is, which those who trust it need.
	 * @return the PEM file
	 */
	public Path certificate() {
		return certificate(this.name);
	}

	/**
	 * Where an issued certificate is.
	 * @param name its name
	 * @return the PEM file
	 */
	public Path certificate(String name) {
		return this.directory.resolve(name + ".pem");
	}

	/**
	 * Where the private key of an issued certificate is.
	 * @param name the certificate's name
	 * @return the PEM file, PKCS #8
	 */
	public Path key(String name) {
		return this.directory.resolve(name + ".key");
	}

	/**
	 * Makes a client's context that trusts this authority.
	 * @param client name of an issued certificate to show, or {@code null} for none
	 * @return the context
	 */
	public SSLContext context(@Nullable String client) {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			KeyStore authorities = empty();
			authorities.setCertificateEntry("ca", store().getCertificate(this.name));
			trust.init(authorities);
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(keysOf(client), PASSWORD.toCharArray());
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private KeyStore keysOf(@Nullable String name) throws GeneralSecurityException, IOException {
		KeyStore keys = empty();
		if (name != null) {
			KeyStore all = store();
			char[] password = PASSWORD.toCharArray();
			keys.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
		}
		return keys;
	}

	private KeyStore store() {
		try (InputStream in = Files.newInputStream(storeFile())) {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(in, PASSWORD.toCharArray());
			return store;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore empty() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		return store;
	}

	private Path storeFile() {
		return this.directory.resolve(this.name + ".p12");
	}

	private void writeCertificate(String name) {
		try {
			writePem(certificate(name), "CERTIFICATE", store().getCertificate(name).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void writePem(Path file, String kind, byte[] content) {
		String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
		try {
			Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void keytool(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(Arrays.asList(arguments));
		command.addAll(List.of("-keystore", storeFile().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("keytool has failed:\n" + output);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}

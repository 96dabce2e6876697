package io.agentflow.messaging.connection;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Certificates made by the JDK's keytool: an authority, and what it issues.
 */
final class Certificates {

	private static final String PASSWORD = "changeit";

	private final Path directory;

	private final String authority;

	Certificates(Path directory, String authority) throws Exception {
		this.directory = directory;
		this.authority = authority;
		keytool("-genkeypair", "-alias", authority, "-dname", "CN=" + authority, "-ext", "bc:c", "-validity", "30",
				"-keyalg", "EC");
		writePem(pem(authority), "CERTIFICATE", store().getCertificate(authority).getEncoded());
	}

	/**
	 * Issues a key and a certificate.
	 * @param name name of both
	 * @param extension {@code san=dns:localhost} and the like
	 * @param start when it becomes valid, in keytool's words: {@code -3d}
	 */
	Certificates issue(String name, String extension, String start, int days) throws Exception {
		keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-signer", this.authority,
				"-ext", extension, "-ext", "eku=serverAuth,clientAuth", "-startdate", start, "-validity",
				Integer.toString(days));
		writePem(pem(name), "CERTIFICATE", store().getCertificate(name).getEncoded());
		writePem(key(name), "PRIVATE KEY", store().getKey(name, PASSWORD.toCharArray()).getEncoded());
		return this;
	}

	Path pem(String name) {
		return this.directory.resolve(name + ".pem");
	}

	Path key(String name) {
		return this.directory.resolve(name + ".key");
	}

	/**
	 * Makes a client's context that trusts this authority.
	 * @param clientCertificate name of an issued certificate to show, or {@code null}
	 */
	SSLContext context(String clientCertificate) {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			KeyStore authorities = empty();
			authorities.setCertificateEntry("ca", store().getCertificate(this.authority));
			trust.init(authorities);
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(keysOf(clientCertificate), PASSWORD.toCharArray());
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
			return context;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private KeyStore keysOf(String name) throws Exception {
		KeyStore keys = empty();
		if (name != null) {
			KeyStore all = store();
			char[] password = PASSWORD.toCharArray();
			keys.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
		}
		return keys;
	}

	private KeyStore store() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(storeFile())) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

	private static KeyStore empty() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		return store;
	}

	private Path storeFile() {
		return this.directory.resolve(this.authority + ".p12");
	}

	private static void writePem(Path file, String kind, byte[] content) throws Exception {
		String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
		Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
	}

	private void keytool(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(Arrays.asList(arguments));
		command.addAll(List.of("-keystore", storeFile().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
	}

}

package io.agentflow.messaging.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The servers' URLs, parted from what is secret in them: the client prints URLs in
 * exceptions and logs, so it must never see user information.
 *
 * @param urls URLs without user information
 * @param credentials what was given, or what the URLs held
 */
record BusUrls(List<String> urls, BusCredentials credentials) {

	private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");

	private static final int DEFAULT_PORT = 4222;

	static BusUrls parse(List<String> given, BusCredentials credentials) {
		List<String> urls = new ArrayList<>();
		String userInfo = null;
		for (String url : String.join(",", given).split(",", -1)) {
			URI uri = parse(url.strip());
			urls.add(bare(uri));
			String found = uri.getRawUserInfo();
			if (found != null && userInfo != null && !found.equals(userInfo)) {
				throw new IllegalArgumentException("The server URLs hold different user information. "
						+ "Take it out of them and set one kind of credentials");
			}
			userInfo = (found != null) ? found : userInfo;
		}
		if (userInfo != null && !credentials.isNone()) {
			throw new IllegalArgumentException("Two kinds of credentials: " + credentials
					+ ", and user information in a server URL. Take it out of the URL");
		}
		return new BusUrls(List.copyOf(urls), (userInfo != null) ? credentialsOf(userInfo) : credentials);
	}

	boolean needTls() {
		return this.urls.stream().anyMatch((url) -> url.startsWith("tls:") || url.startsWith("wss:"));
	}

	List<String> hosts() {
		return this.urls.stream().map(BusUrls::hostAndPort).toList();
	}

	/**
	 * Reduces a URL, also one that the client made up, to what may be shown.
	 */
	static String hostAndPort(@Nullable String url) {
		if (url == null) {
			return "?";
		}
		String rest = url.contains("://") ? url.substring(url.indexOf("://") + 3) : url;
		rest = rest.substring(rest.lastIndexOf('@') + 1);
		int end = rest.indexOf('/');
		return (end < 0) ? rest : rest.substring(0, end);
	}

	private static URI parse(String url) {
		try {
			URI uri = new URI(url.contains("://") ? url : "nats://" + url);
			String scheme = Objects.toString(uri.getScheme(), "").toLowerCase(Locale.ROOT);
			if (scheme.equals("opentls")) {
				throw new IllegalArgumentException("The scheme opentls:// trusts every server and is refused. "
						+ "Use tls:// and trust the server's certificate authority");
			}
			if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
				throw unusable(url);
			}
			return uri;
		}
		catch (URISyntaxException ex) {
			throw unusable(url);
		}
	}

	private static IllegalArgumentException unusable(String url) {
		// No cause: the message of a URISyntaxException repeats the URL with its secrets.
		return new IllegalArgumentException("Not a usable server URL: '" + hostAndPort(url)
				+ "'. Write it as nats://host:port or tls://host:port, several as a list");
	}

	private static String bare(URI uri) {
		int port = (uri.getPort() < 0) ? DEFAULT_PORT : uri.getPort();
		String path = Objects.toString(uri.getRawPath(), "");
		return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + ":" + port + path;
	}

	private static BusCredentials credentialsOf(String userInfo) {
		int colon = userInfo.indexOf(':');
		if (colon < 0) {
			char[] token = decode(userInfo).toCharArray();
			return BusCredentials.token(token::clone);
		}
		String user = decode(userInfo.substring(0, colon));
		char[] password = decode(userInfo.substring(colon + 1)).toCharArray();
		return BusCredentials.userPassword(() -> user, password::clone);
	}

	private static String decode(String text) {
		// A plus sign stands for itself in user information (RFC 3986).
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}

package io.agentflow.messaging.stream;

import java.util.List;
import java.util.stream.Collectors;

import io.agentflow.messaging.connection.BusConnection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.AccountStatistics;

/**
 * Turns what the server refuses into what to do about it.
 */
final class ProvisioningFailures {

	private static final String PREFIX = "af.bus.streams.";

	private static final int STORAGE_EXCEEDED = 10047;

	private static final int UPDATE_REFUSED = 10052;

	private static final int SUBJECTS_OVERLAP = 10065;

	private static final int REPLICAS_NOT_SUPPORTED = 10074;

	private final JetStreamApi api;

	ProvisioningFailures(BusConnection connection) {
		this.api = new JetStreamApi(connection);
	}

	StreamProvisioningException refused(StreamSpec spec, List<Difference> differences, JetStreamApiException cause) {
		String said = " (error " + cause.getApiErrorCode() + ": " + cause.getErrorDescription() + ")";
		return switch (cause.getApiErrorCode()) {
			case STORAGE_EXCEEDED -> failure(
					spec, "max-bytes", "asks for " + spec.maxBytes() + " bytes in each of " + spec.replicas()
							+ " replica(s), and " + free(spec) + said + ". Lower %s, or give the server more storage",
					cause);
			case SUBJECTS_OVERLAP -> failure(spec, "subjects",
					"wants subjects " + spec.subjects() + " of which some belong to another stream" + said
							+ ". Change %s, or take the subjects from the other stream",
					cause);
			case REPLICAS_NOT_SUPPORTED -> failure(spec, "replicas", "wants " + spec.replicas()
					+ " replicas, more than there are servers in the cluster" + said + ". Lower %s", cause);
			case UPDATE_REFUSED -> immutable(spec, differences, said, cause);
			default -> new StreamProvisioningException(spec.name(), null, "Stream " + spec.name()
					+ " is refused by the server" + said + ". Properties: " + PREFIX + spec.group() + ".*", cause);
		};
	}

	StreamProvisioningException missing(StreamSpec spec) {
		return new StreamProvisioningException(spec.name(), "af.bus.provisioning",
				"Stream " + spec.name() + " does not exist. Create it, or set af.bus.provisioning=create or update",
				null);
	}

	StreamProvisioningException differs(StreamSpec spec, List<Difference> differences) {
		return new StreamProvisioningException(spec.name(), PREFIX + spec.group() + "." + differences.get(0).property(),
				"Stream " + spec.name() + " differs from " + PREFIX + spec.group() + ".*: " + list(differences)
						+ ". Change the one or the other, or set af.bus.provisioning=update",
				null);
	}

	StreamProvisioningException acksBeforeWriting(StreamSpec spec) {
		return new StreamProvisioningException(spec.name(), null, "Stream " + spec.name()
				+ " has persist mode async: the server confirms messages that it has not written yet and may lose them. "
				+ "Make it anew with the default mode, or accept it with af.bus.provisioning=none", null);
	}

	static String list(List<Difference> differences) {
		return differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
	}

	private StreamProvisioningException immutable(StreamSpec spec, List<Difference> differences, String said,
			JetStreamApiException cause) {
		String property = differences.stream()
			.map(Difference::property)
			.filter((name) -> name.equals("storage") || name.equals("retention"))
			.findFirst()
			.orElse(differences.isEmpty() ? "*" : differences.get(0).property());
		return failure(spec, property, "cannot be changed on the server" + said + ": " + list(differences)
				+ ". Set %s to what is there, or delete the stream and its messages first", cause);
	}

	private String free(StreamSpec spec) {
		try {
			AccountStatistics account = this.api.call(spec.name(), "$JS.API.INFO",
					(management) -> management.getAccountStatistics());
			boolean file = spec.storage() == StreamSpec.Storage.FILE;
			long limit = file ? account.getLimits().getMaxStorage() : account.getLimits().getMaxMemory();
			long reserved = file ? account.getReservedStorage() : account.getReservedMemory();
			if (limit >= 0) {
				return "the account has " + Math.max(0, limit - reserved) + " of " + limit + " bytes free";
			}
			return "the server has less than that free: the account's streams hold " + reserved
					+ " bytes reserved, its limit is max_file_store or max_memory_store in the server's configuration";
		}
		catch (JetStreamApiException | StreamProvisioningException ex) {
			return "the server does not tell how many are free";
		}
	}

	private static StreamProvisioningException failure(StreamSpec spec, String property, String what,
			JetStreamApiException cause) {
		String name = PREFIX + spec.group() + "." + property;
		return new StreamProvisioningException(spec.name(), name,
				"Stream " + spec.name() + " " + what.replace("%s", name), cause);
	}

}

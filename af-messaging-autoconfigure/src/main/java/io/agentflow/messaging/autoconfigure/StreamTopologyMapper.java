package io.agentflow.messaging.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.CollectionUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import io.agentflow.messaging.autoconfigure.AfBusProperties.AdditionalStream;
import io.agentflow.messaging.autoconfigure.AfBusProperties.Stream;
import io.agentflow.messaging.autoconfigure.AfBusProperties.Streams;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Turns {@code af.bus.streams.*} into the streams that are to exist.
 */
final class StreamTopologyMapper {

	private static final String ADDITIONAL = "af.bus.streams.additional";

	private StreamTopologyMapper() {
	}

	static StreamTopology map(Streams properties) {
		StreamTopology topology = StreamTopology.defaults();
		for (StreamSpec spec : StreamTopology.defaults().streams()) {
			topology = topology.with(apply(group(properties, spec), spec));
		}
		List<AdditionalStream> additional = properties.getAdditional();
		for (int i = 0; i < additional.size(); i++) {
			topology = topology.with(additional(additional.get(i), "additional[" + i + "]", topology));
		}
		return topology;
	}

	/**
	 * The stream of notices about the messages of other streams.
	 */
	static StreamSpec advisories(Streams properties, StreamTopology topology) {
		return apply(properties.getAdvisories(), topology.advisories());
	}

	private static Stream group(Streams properties, StreamSpec spec) {
		return switch (spec.name()) {
			case StreamTopology.MESSAGES -> properties.getMessages();
			case StreamTopology.TOOLS -> properties.getTools();
			case StreamTopology.SYSTEM -> properties.getSystem();
			case StreamTopology.DEAD_LETTERS -> properties.getDeadLetters();
			default -> throw new IllegalStateException("There are no properties for stream " + spec.name());
		};
	}

	private static StreamSpec additional(AdditionalStream stream, String group, StreamTopology others) {
		String name = stream.getName();
		if (!StringUtils.hasText(name)) {
			throw new InvalidConfigurationPropertyValueException(ADDITIONAL, name,
					"each stream needs a name, and af.bus.streams." + group + " has none");
		}
		if (others.streams().stream().anyMatch((other) -> other.name().equals(name))) {
			throw new InvalidConfigurationPropertyValueException("af.bus.streams." + group + ".name", name,
					"there is a stream of this name already");
		}
		if (CollectionUtils.isEmpty(stream.getSubjects())) {
			throw new InvalidConfigurationPropertyValueException("af.bus.streams." + group + ".subjects", null,
					"stream " + name + " needs at least one subject");
		}
		StreamSpec spec = StreamSpec.of(name, stream.getSubjects().toArray(String[]::new)).withGroup(group);
		return apply(stream, spec);
	}

	private static StreamSpec apply(Stream properties, StreamSpec defaults) {
		PropertyMapper map = PropertyMapper.get();
		StreamSpec spec = map.from(properties::getSubjects).to(defaults, StreamSpec::withSubjects);
		spec = map.from(properties::getStorage).to(spec, StreamSpec::withStorage);
		spec = map.from(properties::getMaxAge).to(spec, StreamSpec::withMaxAge);
		spec = map.from(properties::getMaxBytes).as(DataSize::toBytes).to(spec, StreamSpec::withMaxBytes);
		spec = map.from(properties::getMaxMessageSize).as(DataSize::toBytes).to(spec, StreamSpec::withMaxMessageSize);
		spec = map.from(properties::getDiscard).to(spec, StreamSpec::withDiscard);
		spec = map.from(properties::getReplicas).to(spec, StreamSpec::withReplicas);
		return map.from(properties::getDuplicateWindow).to(spec, StreamSpec::withDuplicateWindow);
	}

}

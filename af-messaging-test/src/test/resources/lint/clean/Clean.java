package clean;

import java.util.Map;

import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Uses names of its own, and the reserved ones for what is no log field.
 */
class Clean {

	private static final Logger logger = LoggerFactory.getLogger(Clean.class);

	void all(String computed) {
		MDC.put("order_id", "message_id");
		MDC.get("message_id");
		MDC.remove("message_id");
		String key = "level";
		logger.info(key);
		key = "stage";
		logger.atInfo().addKeyValue(key, "level").addKeyValue("traceId", 1).log("timestamp");
		logger.info(Markers.append("region", "service"), "message {}", StructuredArguments.kv("shop", Map.of("level", 1)));
		logger.info("{}", StructuredArguments.entries(Map.of("region", "level")));
		MDC.put(computed, "cannot be seen");
	}

}

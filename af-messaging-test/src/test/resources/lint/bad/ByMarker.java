package bad;

import net.logstash.logback.marker.Markers;
import net.logstash.logback.marker.ObjectAppendingMarker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ByMarker {

	private static final Logger logger = LoggerFactory.getLogger(ByMarker.class);

	void all() {
		logger.info(Markers.append("mine", 1).and(Markers.append("correlation_id", 2)), "x");
		logger.info(Markers.appendRaw("tags", "[]"), "x");
		logger.info(new ObjectAppendingMarker("service_version", 1), "x");
	}

}

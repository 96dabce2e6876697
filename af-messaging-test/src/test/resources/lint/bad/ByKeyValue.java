package bad;

import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ByKeyValue {

	private static final Logger logger = LoggerFactory.getLogger(ByKeyValue.class);

	void chain(Object value) {
		logger.atInfo().addKeyValue("mine", value).addKeyValue(Names.LEVEL, value).log("x");
	}

	void supplied() {
		Consumer<String> log = (text) -> logger.atWarn().addKeyValue("timestamp", () -> text).log("x");
		log.accept("y");
	}

}

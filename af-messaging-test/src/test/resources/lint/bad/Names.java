package bad;

final class Names {

	static final String TRACE = "trace_" + "id";

	static final String LEVEL = "level";

}

package io.agentflow.messaging.test.sample;

import org.springframework.stereotype.Component;

@Component
class Unrelated {

}

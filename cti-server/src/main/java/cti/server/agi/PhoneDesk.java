package cti.server.agi;

import cti.core.agent.AgentStatus;
import cti.core.agent.PauseReason;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones;
import cti.core.port.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What feature codes on desk phones need of the rest of the server.
 *
 * @param loggedOnAt who is logged on at an extension now
 * @param seats the desks that an agent may log on to; empty for one who is not on file
 * @param reasons pause reasons as they stand now
 * @param studio for administrators who record prompts
 */
public record PhoneDesk(
    Mailbox mailbox,
    AgentPhones phones,
    Function<Extension, CompletionStage<Optional<AgentStatus>>> loggedOnAt,
    Function<AgentId, Set<DeskId>> seats,
    Supplier<List<PauseReason>> reasons,
    PromptStudio studio) {}

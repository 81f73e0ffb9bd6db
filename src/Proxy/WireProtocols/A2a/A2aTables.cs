using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.A2a;

/// <summary>
/// Where text lives in A2A, the protocol between agents, in its versions 0.3 and 1: messages and artifacts of parts, in tasks. What
/// the other agent says is third-party text.
/// </summary>
internal static class A2aTables
{
    private const string Shapes = """
        message                       message
        message.kind                  word
        message.role                  word
        message.messageId             opaque -- the sender's name for the message
        message.contextId             opaque -- names a conversation
        message.taskId                opaque -- names a task
        message.referenceTaskIds[]    opaque -- names tasks
        message.extensions[]          opaque -- names extensions
        message.parts[]               -> part
        message.metadata              record
        message.metadata.**           text metadata
        part.kind                     word
        part.text                     text
        part.data                     record
        part.data.**                  text
        part.raw                      media file
        part.url                      media file
        part.filename                 text retrieved
        part.mediaType                word
        part.file.bytes               media file
        part.file.uri                 media file
        part.file.name                text retrieved
        part.file.mimeType            word
        part.metadata                 record
        part.metadata.**              text metadata
        artifact                      message
        artifact.artifactId           opaque -- names the artifact
        artifact.name                 text
        artifact.description          text
        artifact.extensions[]         opaque -- names extensions
        artifact.parts[]              -> part
        artifact.metadata             record
        artifact.metadata.**          text metadata
        status.state                  word
        status.timestamp              opaque -- a time
        status.message                -> message
        task.kind                     word
        task.id                       opaque -- names the task
        task.contextId                opaque -- names a conversation
        task.status                   -> status
        task.history[]                -> message
        task.artifacts[]              -> artifact
        task.metadata                 record
        task.metadata.**              text metadata
        """;

    private const string Rpc = """
        jsonrpc                       opaque -- the protocol's version
        id                            opaque -- ties the answer to its request
        error.code                    number
        error.message                 text tool-result
        error.data                    text tool-result
        error.data.**                 text tool-result
        """;

    public static FieldMap Request { get; } = FieldMap.Parse($"""
        .                             below user
        method                        opaque -- what is asked for
        params.message                -> message
        params.id                     opaque -- names a task
        params.name                   opaque -- names a task
        params.tenant                 opaque -- names a tenant
        params.taskId                 opaque -- names a task
        params.contextId              opaque -- names a conversation
        params.historyLength          number
        params.configuration.**       opaque -- settings of the answer
        params.pushNotificationConfig.token credential
        params.pushNotificationConfig.authentication.credentials credential
        params.pushNotificationConfig.** opaque -- where the agent reports to
        params.metadata               record
        params.metadata.**            text metadata
        {Rpc}
        {Shapes}
        """);

    /// <summary>Results: a task, a message, or an update of one, named by a member in version 1 and by nothing in 0.3.</summary>
    public static FieldMap Response { get; } = FieldMap.Parse($"""
        .                             below tool-result
        result                        record
        result.kind                   word
        result.id                     opaque -- names the task
        result.taskId                 opaque -- names a task
        result.contextId              opaque -- names a conversation
        result.messageId              opaque -- the sender's name for the message
        result.role                   word
        result.parts[]                -> part
        result.status                 -> status
        result.history[]              -> message
        result.artifacts[]            -> artifact
        result.artifact               -> artifact
        result.append                 number
        result.lastChunk              number
        result.final                  number
        result.task                   -> task
        result.message                -> message
        result.statusUpdate.taskId    opaque -- names a task
        result.statusUpdate.contextId opaque -- names a conversation
        result.statusUpdate.status    -> status
        result.statusUpdate.final     number
        result.statusUpdate.metadata.** text metadata
        result.artifactUpdate.taskId  opaque -- names a task
        result.artifactUpdate.contextId opaque -- names a conversation
        result.artifactUpdate.artifact -> artifact
        result.artifactUpdate.append  number
        result.artifactUpdate.lastChunk number
        result.artifactUpdate.metadata.** text metadata
        result.tasks[]                -> task
        result.nextPageToken          opaque -- names a place in the list
        result.metadata.**            text metadata
        {Rpc}
        {Shapes}
        """);

    /// <summary>What an agent says of itself: instructions for the model that may ask it.</summary>
    public static FieldMap Card { get; } = FieldMap.Parse("""
        .                             record below tool-definition
        name                          text tool-definition
        description                   text tool-definition
        url                           opaque -- where the agent is asked
        version                       opaque -- of the agent's software
        protocolVersion               opaque -- the protocol's version
        protocolVersions[]            opaque -- the protocol's versions
        preferredTransport            word
        additionalInterfaces[].url    opaque -- where the agent is asked
        additionalInterfaces[].transport word
        supportedInterfaces[].url     opaque -- where the agent is asked
        supportedInterfaces[].**      word
        provider.**                   text tool-definition
        iconUrl                       media image
        documentationUrl              text tool-definition
        capabilities.**               text tool-definition
        securitySchemes.**            opaque -- how clients prove who they are
        security.**                   opaque -- how clients prove who they are
        securityRequirements.**       opaque -- how clients prove who they are
        defaultInputModes[]           word
        defaultOutputModes[]          word
        skills[]                      record
        skills[].id                   opaque -- the client's code knows the skill by it
        skills[].inputModes[]         word
        skills[].outputModes[]        word
        skills[].**                   text tool-definition
        signatures[].**               sealed -- prove who made the card
        supportsAuthenticatedExtendedCard number
        supportsExtendedAgentCard     number
        """);
}

namespace EdgeFilter.Policies.Documents;

/// <summary>A test as its author wrote it: a text, and what must become of it.</summary>
internal sealed class TestDocument(SourcePlace at) : IMayBePartial
{
    public SourcePlace At { get; } = at;

    public bool IsPartial { get; set; }

    public Written<string>? Name { get; set; }

    public Written<string>? Prompt { get; set; }

    public Written<string>? Output { get; set; }

    /// <summary>A part that can't be read, instead of a text.</summary>
    public PartDocument? Part { get; set; }

    public Written<SegmentRole>? Role { get; set; }

    /// <summary>The system prompt that the output may leak.</summary>
    public Written<string>? SystemPrompt { get; set; }

    public Written<string>? Tool { get; set; }

    public Written<string>? Model { get; set; }

    public Written<TestStream>? Stream { get; set; }

    /// <summary>The user's language, which chooses among the texts of <c>say</c>.</summary>
    public Written<string>? Language { get; set; }

    public ExpectDocument? Expect { get; set; }
}

/// <summary>A part of a message that can't be read, as a test describes it.</summary>
internal sealed class PartDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<Direction>? In { get; set; }

    public Written<CoverageKind>? Kind { get; set; }

    /// <summary>Null when it can't be told.</summary>
    public Written<string>? MediaType { get; set; }

    /// <summary>Bytes; null when that can't be told.</summary>
    public Written<double>? Size { get; set; }
}

/// <summary>How a test's text arrives.</summary>
internal enum TestStream
{
    /// <summary>At once, and then cut in several ways; all must give the same result. The default.</summary>
    Both,
    Whole,
    Cut,
}

internal sealed class ExpectDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<PolicyAction>? Action { get; set; }

    public Written<string>? Rule { get; set; }

    /// <summary>The filtered text, exactly.</summary>
    public Written<string>? Text { get; set; }

    /// <summary>Must not be readable in the filtered text.</summary>
    public IReadOnlyList<Written<string>> NotText { get; set; } = [];

    /// <summary>Must be part of what the user is told.</summary>
    public Written<string>? Say { get; set; }
}

/// <summary>A file of tests beside a policy.</summary>
internal sealed class TestsDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<string>? Policy { get; set; }

    public TestContextDocument? Context { get; set; }

    public IReadOnlyList<TestDocument> Tests { get; set; } = [];
}

/// <summary>Who asks, in a file of tests: instead of one policy, all that apply to this context are tested together.</summary>
internal sealed class TestContextDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<string>? Region { get; set; }

    public Written<string>? Tenant { get; set; }

    public IReadOnlyList<Written<string>> Groups { get; set; } = [];

    public Written<string>? Route { get; set; }

    public Written<string>? Model { get; set; }

    public Written<string>? Protocol { get; set; }
}

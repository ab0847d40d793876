using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>The state of one file's discovery and run; Driver.ps1 and the words of the vocabulary move it.</summary>
public sealed class PesterRun
{
    /// <summary>The variable that words find the run by.</summary>
    public const string Variable = "___pester";

    readonly Stack<(Block Block, int Next)> _open = new();
    readonly TestFolder _folder;
    readonly EngineIntrinsics _engine;
    Block _block;

    public PesterRun(EngineIntrinsics engine)
    {
        (_engine, _folder) = (engine, new(engine));
        _block = Root = new("", null, "File", null);
    }

    /// <summary>The file, wherever an exit has ended the run.</summary>
    public Block Root { get; }

    public MockTable Mocks { get; } = new();

    /// <summary>True until the first block runs: the words build the tree then, and are refused later.</summary>
    public bool Discovering { get; set; } = true;

    /// <summary>Why the file could not be read to its end; null where it could.</summary>
    public string? DiscoveryFailure { get; private set; }

    public Block Block { get => _block; set => _block = value; }

    public Case? Case { get; private set; }

    public static PesterRun Of(PSCmdlet cmdlet) =>
        (PesterRun)cmdlet.SessionState.PSVariable.GetValue(Variable) ?? throw new InvalidOperationException("The words of Pester belong in a test file.");

    public void FailDiscovery(ErrorRecord error) => DiscoveryFailure ??= Said(error);

    // What the driver reads of the node at hand.
    Node Node => Case is { } running ? running : _block;

    public bool HasItem => Node.HasItem;

    public object? Item => Node.Item;

    public ScriptBlock Body => Case!.Body;

    public IReadOnlyList<ScriptBlock> BeforeAll => HasWork ? [.. _block.BeforeAll] : [];

    public IReadOnlyList<ScriptBlock> AfterAll => HasWork ? [.. _block.AfterAll] : [];

    // Where every test is skipped, nothing is set up for them.
    bool HasWork => _block.Cases.Any(test => !test.IsSkipped);

    /// <summary>Outermost first.</summary>
    public IReadOnlyList<ScriptBlock> BeforeEach => [.. Case!.Ancestors.Reverse().SelectMany(block => block.BeforeEach)];

    /// <summary>Innermost first.</summary>
    public IReadOnlyList<ScriptBlock> AfterEach => [.. Case!.Ancestors.SelectMany(block => block.AfterEach)];

    public bool AtBlock => Case is null;

    public void SetData()
    {
        foreach (var entry in Node.Data) _engine.SessionState.PSVariable.Set($"{entry.Key}", entry.Value);
    }

    public void EnterBlock()
    {
        _open.Push((_block, 0));
        _folder.Enter(_block);
    }

    /// <summary>Moves to the next child that runs; false at the block's end.</summary>
    public bool Next()
    {
        while (_open.Pop() is var (block, next) && next < block.Children.Count)
        {
            _open.Push((block, next + 1));
            switch (block.Children[next])
            {
                case Block child when block.Failure is null:
                    _block = child;
                    return true;
                case Case test when block.Failure is null && !test.IsSkipped:
                    (Case, test.Outcome) = (test, Outcome.Passed);
                    return true;
                case Case { IsSkipped: true } test:
                    (test.Outcome, test.Message) = (Outcome.Skipped, "-Skip");
                    break;
                case Case test:
                    (test.Outcome, test.Message) = (Outcome.Failed, block.Failure!);
                    break;
                case Block child:
                    foreach (var test in child.Cases) (test.Outcome, test.Message) = (Outcome.Failed, block.Failure!);
                    break;
            }
        }
        return false;
    }

    public void LeaveCase()
    {
        Mocks.Leave(Case!);
        Case = null;
    }

    public void LeaveBlock()
    {
        Mocks.Leave(_block);
        _folder.Leave(_block);
        _block = _block.Parent ?? _block;
    }

    public void FailBlock(ErrorRecord error) => _block.Failure = $"BeforeAll of '{_block.Path}': {Said(error)}";

    public void FailAfterAll(ErrorRecord error)
    {
        if (_block.Cases.LastOrDefault() is { } last) (last.Outcome, last.Message) = (Outcome.Failed, $"AfterAll of '{_block.Path}': {Said(error)}");
    }

    public void FailCase(ErrorRecord error)
    {
        if (SkippedException.In(error.Exception) is { } skipped)
            (Case!.Outcome, Case.Message) = (Outcome.Skipped, skipped.Message);
        else if (Case!.Outcome != Outcome.Failed)
            (Case.Outcome, Case.Message) = (Outcome.Failed, Said(error));
    }

    static string Said(ErrorRecord error) => $"{error.Exception.Message}{Environment.NewLine}{error.ScriptStackTrace}";
}

/// <summary>Leaves an It that asks to be counted as skipped.</summary>
sealed class SkippedException(string reason) : Exception(reason)
{
    public static SkippedException? In(Exception? thrown) => thrown is null ? null : thrown as SkippedException ?? In(thrown.InnerException);
}

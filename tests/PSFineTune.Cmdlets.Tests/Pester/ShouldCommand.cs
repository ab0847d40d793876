using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>Should: one operator, what is expected, and what came through the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Assert, "PesterShould")]
public sealed partial class AssertPesterShouldCommand : PSCmdlet
{
    readonly List<object?> _actual = [];

    [Parameter(ValueFromPipeline = true), AllowNull, AllowEmptyCollection, AllowEmptyString]
    public object? ActualValue { get; set; }

    [Parameter(Position = 0), Alias("RegularExpression", "ExpectedType", "ExpectedMessage", "CommandName"), AllowNull, AllowEmptyCollection, AllowEmptyString]
    public object? ExpectedValue { get; set; }

    [Parameter]
    public SwitchParameter Not { get; set; }

    [Parameter]
    public string? Because { get; set; }

    bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    protected override void ProcessRecord()
    {
        if (MyInvocation.ExpectingInput || Given(nameof(ActualValue))) _actual.Add(Node.Unwrapped(ActualValue));
    }

    protected override void EndProcessing()
    {
        var used = Operators.Where(Given).ToList();
        if (used.Count != 1) throw Refused($"Should needs one operator, and has {(used.Count == 0 ? "none" : string.Join(" and ", used))}.");
        foreach (var stray in Extras.Where(extra => Given(extra.Key) && !extra.Value.Contains(used[0])))
            throw Refused($"-{stray.Key} does not belong to Should -{used[0]}.");

        if (used[0] == nameof(Throw)) CheckThrow();
        else if (used[0] == nameof(Invoke)) CheckInvoke();
        else if (Assertion.Known[used[0]] is { TakesArray: true } whole) Check(whole, _actual.Count == 1 ? _actual[0] : _actual.ToArray());
        else if (_actual.Count == 0) Check(Assertion.Known[used[0]], null);
        else _actual.ForEach(value => Check(Assertion.Known[used[0]], value));
    }

    void Check(Assertion assertion, object? actual)
    {
        var expected = Node.Unwrapped(ExpectedValue);
        if (assertion.Holds(this, actual, expected) == Not.IsPresent)
            Fail($"Expected {(assertion.Saying.Contains("{0}", StringComparison.Ordinal) ? "" : "the value ")}{(Not ? "not " : "")}{string.Format(null, assertion.Saying, Shown.Of(expected))}, but got {Shown.Of(actual)}.");
    }

    void Fail(string message) =>
        ThrowTerminatingError(new(new InvalidOperationException(Because is null ? message : $"{message} Because {Because}."), "PesterAssertionFailed", ErrorCategory.InvalidResult, null));

    static InvalidOperationException Refused(string message) => new(message);
}

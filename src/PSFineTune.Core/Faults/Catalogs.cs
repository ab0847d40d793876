namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException UnknownSetting(string of, string setting, IReadOnlyList<string> known) =>
        new("UnknownSetting", FaultKind.InvalidArgument, $"{of} has no setting '{setting}'. Known: {(known.Count > 0 ? string.Join(", ", known) : "none")}.",
            Nearest(setting, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Use one of the known settings, or leave it out.", setting);

    public static FineTuneException BadSetting(string of, string setting, object? value, string expected, Exception? why = null) =>
        new("BadSetting", FaultKind.InvalidArgument, $"{setting} of {of} is '{value}', which is no {expected}.", $"Give {setting} a value that is a {expected}.", value, why);

    public static FineTuneException NotOneEntry(string of, int count) =>
        new("NotOneEntry", FaultKind.InvalidArgument, $"A hashtable of {count} entries does not name one {of}.",
            "Write @{ Name = @{ Setting = value } } for each, separated by commas: a hashtable has no order.");
}

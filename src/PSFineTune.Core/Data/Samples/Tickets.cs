using System.Text;

namespace PSFineTune.Data.Samples;

/// <summary>
/// Short tickets of a help desk in four queues, one csv file with the columns id, body and queue. Queues share words, and
/// what tells them is in one sentence of several, as with real ones; some bodies have commas, quotes and line breaks.
/// </summary>
public sealed record Tickets : SampleSet
{
    /// <summary>Name of the file in the folder.</summary>
    internal const string FileName = "tickets.csv";

    static readonly string[] s_openings =
    [
        "Hello,", "Hi team,", "Good morning,", "Dear help desk,", "Hello, me again.", "Hi,", "", "", "Sorry to bother you again,", "Urgent!",
    ];

    static readonly string[] s_times = ["since this morning", "since Monday", "since the last update", "for two days now", "every afternoon", "again", "after lunch", "since we moved desks"];

    static readonly string[] s_things = ["the report", "the customer file", "the invoice", "the shared calendar", "the order list", "the time sheet", "the budget", "the contract"];

    static readonly string[] s_closings =
    [
        "Please help.", "Thanks!", "Can someone have a look?", "It is needed by noon.", "My colleague has the same.", "I restarted twice, no change.",
        "Please call me back.", "Ticket from last month was closed, but \"solved\" it is not.", "", "Kind regards",
    ];

    // What each queue is about; # is a number, @ a thing that any of them may name.
    static readonly Dictionary<string, string[]> s_queues = new()
    {
        ["access"] =
        [
            "my password was not accepted and the account is locked", "I cannot sign in to open @", "the new colleague in room # needs permission for @",
            "the reset link for user # has expired", "my badge # does not open the account page", "two-factor codes never arrive when I log in", "please give user # the right to read @",
        ],
        ["billing"] =
        [
            "invoice # was charged twice", "the amount on invoice # is wrong", "we need a refund for order #", "the payment of # euros is missing in the statement",
            "please change the billing address of account #", "our credit note # has not arrived", "the discount on order # was not applied to @",
        ],
        ["hardware"] =
        [
            "the printer in room # jams when I print @", "my screen flickers and goes black", "the laptop # does not charge any more", "the keyboard of desk # has dead keys",
            "the fan of computer # is loud and it gets hot", "the scanner in room # tears the paper of @", "the docking station # makes my mouse stop",
        ],
        ["network"] =
        [
            "the wireless network in room # drops all calls", "the VPN disconnects whenever I upload @", "no connection to server #", "pages take minutes to load in building #",
            "the file share is slow when I save @", "my computer # gets no address by cable", "calls over the internet stutter in room #",
        ],
    };

    public override IReadOnlyList<string> Classes { get; } = [.. s_queues.Keys.Order(StringComparer.Ordinal)];

    internal override string Items => "tickets";

    internal override void Write(string folder, CancellationToken cancel, IProgress<ImportProgress>? progress = null) =>
        DurableFile.Write(Path.Combine(folder, FileName), stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine("id,body,queue");
            // Queues take turns, as in a file that grows day by day.
            for (var number = 1; number <= Count; number++)
                foreach (var queue in Classes)
                {
                    cancel.ThrowIfCancellationRequested();
                    writer.WriteLine($"{queue}-{number:0000},\"{Body(queue, number).Replace("\"", "\"\"")}\",{queue}");
                }
        });

    /// <summary>One ticket.</summary>
    /// <param name="queue">Class.</param>
    /// <param name="number">From 1.</param>
    internal string Body(string queue, int number)
    {
        var random = RandomStream.For(Seed, number, $"{nameof(Tickets)}/{queue}");
        var matter = Filled(Any(random, s_queues[queue]), random);
        // One in twenty speaks of another queue's matter too, so that no model is ever perfect.
        if (random.Below(20) == 0) matter += ", and " + Filled(Any(random, s_queues[Any(random, [.. Classes])]), random);
        var sentence = random.Chance(0.5) ? $"{matter} {Any(random, s_times)}." : $"{matter}.";
        string[] parts = [Any(random, s_openings), char.ToUpperInvariant(sentence[0]) + sentence[1..], Any(random, s_closings)];
        return string.Join(random.Below(6) == 0 ? "\n" : " ", parts.Where(part => part.Length > 0));
    }

    static string Filled(string template, RandomStream random) =>
        template.Replace("#", (100 + random.Below(900)).ToString(System.Globalization.CultureInfo.InvariantCulture)).Replace("@", Any(random, s_things));

    static T Any<T>(RandomStream random, IReadOnlyList<T> of) => of[random.Below(of.Count)];
}

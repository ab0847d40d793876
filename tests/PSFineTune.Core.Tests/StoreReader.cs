using System.Globalization;
using System.Text;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Store;
using PSFineTune.Training;

namespace PSFineTune.Tests;

/// <summary>What the processes do that read a store while it is written, and small packages to write to it.</summary>
static class StoreReader
{
    public const string Name = "clothing";

    /// <summary>A package of a few kilobytes, whose weights and run say its number.</summary>
    public static string Package(string path, int number)
    {
        PackageFile.Write(path, new(
            ModelPackage.Of(new RunRecord { Id = $"run{number}", Classes = ["chair", "sofa"], Accuracy = .75, Finished = DateTimeOffset.UnixEpoch }, new Preprocessing { InputSize = 96 }),
            PartSource.Of(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{number};", 1000))))));
        return path;
    }

    /// <summary>Reads a number of times, and says the hash of each; 1 where one was not whole.</summary>
    public static int Child(string folder, bool loads, int times)
    {
        var store = new ModelStore(folder);
        var seen = new Dictionary<string, int>();
        try
        {
            for (var i = 0; i < times; i++)
            {
                var (published, content) = store.Open(Name);
                if (loads && !Encoding.ASCII.GetString(content.Weights.Bytes()).StartsWith(content.Package.RunId[3..] + ";", StringComparison.Ordinal)) throw new InvalidDataException("weights of another run");
                if (published.RunId != content.Package.RunId) throw new InvalidDataException("a pointer to another run");
                seen[published.Hash] = seen.GetValueOrDefault(published.Hash) + 1;
            }
        }
        catch (Exception wrong)
        {
            Console.Error.WriteLine(wrong);
            return 1;
        }
        foreach (var (hash, count) in seen) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hash} {count}"));
        return 0;
    }

    /// <summary>Publishes and undoes until it is killed.</summary>
    public static int Publisher(string folder, string packages)
    {
        var store = new ModelStore(folder) { Grace = TimeSpan.Zero };
        var files = Directory.GetFiles(packages, "*.psft");
        for (var i = 1; ; i++)
        {
            store.Publish(Name, files[(i + Environment.ProcessId) % files.Length], new() { Keep = 3 });
            if (i % 3 == 0) store.Undo(Name, "again", null);
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What is published in a store at one moment, byte for byte, and what it says: whatever goes wrong later leaves it so.</summary>
sealed class Champion
{
    readonly string _store, _package;
    readonly byte[] _pointer, _hash;

    Champion(string store)
    {
        _store = store;
        _pointer = File.ReadAllBytes(Pointer);
        using var pointer = JsonDocument.Parse(_pointer);
        _package = Path.Combine(store, "packages", $"{pointer.RootElement.GetProperty("current").GetProperty("hash").GetString()}.psft");
        _hash = SHA256.HashData(File.ReadAllBytes(_package));
        Assert.Equal(Path.GetFileNameWithoutExtension(_package), Convert.ToHexString(_hash), ignoreCase: true);
    }

    string Pointer => Path.Combine(_store, "models", "notes", "current.json");

    public static Champion Of(string store) => new(store);

    /// <summary>Neither which model is the current one nor any of its bytes has changed.</summary>
    public void IsUntouched()
    {
        Assert.Equal(_pointer, File.ReadAllBytes(Pointer));
        Assert.Equal(_hash, SHA256.HashData(File.ReadAllBytes(_package)));
    }

    /// <summary>And it still predicts, in a process of its own.</summary>
    public void Serves(TaskProcess task, Surroundings? within = null)
    {
        IsUntouched();
        var (code, said) = TaskProcess.Finish(task.Command("host", $"{TaskProcess.Import}; 'a fine room' | Invoke-Prediction -Model 'store:{_store}/notes' -ErrorAction Stop | ForEach-Object {{ \"it is $($_.Label)\" }}", within));
        Assert.True(code == 0 && said.Contains("it is good", StringComparison.Ordinal), $"it ended with {code}:\n{said}");
    }
}

using System.Runtime.InteropServices;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Native;

/// <summary>One thing that must work on a machine, and what to do where it does not.</summary>
public sealed record EnvironmentCheck
{
    public string Check { get; init; } = "";

    public bool Passed { get; init; }

    /// <summary>What was found.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What to do; empty where the check passed.</summary>
    public string Action { get; init; } = "";

    /// <summary>All checks, each by doing the thing when it is asked for: a library that loads is not yet one that computes. What would load libraries that are not whole is not tried.</summary>
    /// <param name="workspace">Folder that must be writable.</param>
    /// <param name="cancel">Ends the look at the installed files, of which there are many megabytes.</param>
    internal static IEnumerable<EnvironmentCheck> Run(string workspace, CancellationToken cancel)
    {
        yield return Try("Runtime", () => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, process of {(Environment.Is64BitProcess ? 64 : 32)} bits");
        yield return Try("Processor", MachineChecks.Processor);
        yield return Try("Memory", MachineChecks.Memory);
        yield return Try("System libraries", MachineChecks.SystemLibraries);
        var files = Try("Library files", () => MachineChecks.RuntimeFiles(cancel));
        yield return files;
        yield return files.Passed ? Try("Tensor library", () => { TorchRuntime.Ensure(); return TorchRuntime.Description; }) : NotTried("Tensor library", files);
        yield return files.Passed ? Try("Convolution", Convolution) : NotTried("Convolution", files);
        yield return Try("GPU", MachineChecks.Graphics);
        yield return files.Passed ? Try("Fast inference", FastInference, otherwise: "Until then evaluation and prediction use the tensor library, at a third of the speed.") : NotTried("Fast inference", files);
        yield return Try("Image decoding", Decoding);
        yield return Try("Workspace", () => Writable(workspace));
    }

    static EnvironmentCheck NotTried(string name, EnvironmentCheck files) => new() { Check = name, Detail = $"not tried, for it would load what '{files.Check}' found missing or damaged", Action = $"As for '{files.Check}'." };

    static EnvironmentCheck Try(string name, Func<string> check, string otherwise = "")
    {
        try
        {
            return new() { Check = name, Passed = true, Detail = check() };
        }
        // A library that is asked for by a type's first use is refused within another exception.
        catch (Exception wrong) when (Told(wrong) is { } fault)
        {
            return new() { Check = name, Detail = fault.Message, Action = $"{fault.RecommendedAction} {otherwise}".TrimEnd() };
        }
        // Whatever else a native library throws is the very thing this cmdlet is asked to show.
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            return new() { Check = name, Detail = $"{wrong.GetType().Name}: {wrong.Message}", Action = $"Run Install-FineTuneRuntime -Force; where that does not help, report this line. {otherwise}".TrimEnd() };
        }
    }

    static FineTuneException? Told(Exception? wrong) => wrong is null or FineTuneException ? wrong as FineTuneException : Told(wrong.InnerException);

    static string Convolution()
    {
        TorchRuntime.Ensure();
        foreach (var device in TorchDevice.All) TorchDevice.Convolve(TorchDevice.Of(device));
        return $"forward and backward give the known result on {string.Join(", ", TorchDevice.All)}";
    }

    // Evaluation and prediction run without it, too, on the tensor library.
    static string FastInference()
    {
        TorchRuntime.Ensure();
        OnnxEngine.Ensure();
        using var network = new Classifier([new("stem", ("", new Conv(3, 1, 3, 1, 1) { Filling = Filling.One })), new("head")], seed: 0);
        using var fast = FastForward.Of(network, 0, 1)!;
        var sum = fast.Run(Enumerable.Repeat(1f, 5 * 5 * 3).ToArray(), 1, 5, 5, 3).Values.Sum();
        if (sum != 3 * 169) throw new InvalidOperationException($"a convolution of ones over three channels gave {sum}, not {3 * 169}");
        return $"{OnnxEngine.Description}: a convolution gives the known result";
    }

    static string Decoding()
    {
        using var picture = new Picture(3, 2);
        picture.Pixels.Fill(200);
        var png = ImageWriter.Encode(picture, ImageFormat.Png);
        using var back = ImageFile.Decode(png, "a picture made for this check");
        if (!back.Pixels.SequenceEqual(picture.Pixels)) throw new InvalidOperationException("a PNG written and read again has other pixels");
        return "a PNG written and read again is the same";
    }

    static string Writable(string workspace)
    {
        var probe = Path.Combine(workspace, $"probe-{Environment.ProcessId}");
        DurableFile.WriteText(probe, "probe");
        File.Delete(probe);
        var free = new DriveInfo(Path.GetFullPath(workspace)).AvailableFreeSpace >> 20;
        return $"{workspace} is writable, {free} MiB free";
    }
}

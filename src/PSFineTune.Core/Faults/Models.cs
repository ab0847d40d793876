namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException ForeignLibtorch(string path) => new("ForeignLibtorch", FaultKind.Busy,
        $"Another libtorch is already loaded in this process: '{path}'. One process cannot hold two.",
        "Start a new PowerShell process and import PSFineTune before any other module that computes with libtorch.", path);

    public static FineTuneException NativeLoadFailed(string library, string reason, Exception inner) => new("NativeLoadFailed", FaultKind.Unavailable,
        $"The native library '{library}' cannot be loaded: {reason}",
        "Run Test-FineTuneEnvironment, which names what is missing or does not fit this system, and run Install-FineTuneRuntime -Force, which installs the native files again.", library, inner);

    public static FineTuneException WeightsNotFound(string path) => new("WeightsNotFound", FaultKind.NotFound,
        $"There is no weights file '{path}'.", "Check the path; -Weights takes a .safetensors file, a PyTorch file (.pth, .pt, .bin), or the index.json or folder of one in shards.", path);

    public static FineTuneException WeightsChanged(string path) => new("WeightsChanged", FaultKind.Mismatch,
        $"The weights file '{path}' has other content than when the plan was made.", "Make the plan again with New-FineTunePlan, or put the former file back.", path);

    public static FineTuneException InvalidWidth(double width) => new("InvalidWidth", FaultKind.InvalidArgument,
        FormattableString.Invariant($"A network cannot be {width} times as wide; Width is above 0 and at most 16."), "Use 1, or the width that the weights were trained with, such as 0.35.", width);

    public static FineTuneException InvalidSafetensors(string path, string problem) => new("InvalidSafetensors", FaultKind.InvalidData,
        $"'{path}' is not a valid safetensors file: {problem}.",
        "Fetch or write the file again; compare its SHA-256 with the one published.", path);

    public static FineTuneException NotWeights(string path, string looks) => new("InvalidSafetensors", FaultKind.InvalidData,
        $"'{path}' is neither a safetensors file nor one of PyTorch: it {looks}.",
        "Fetch the file again, by the address of the file itself, and compare its SHA-256 with the one published.", path);

    public static FineTuneException PickledWeights(string path) => new("InvalidSafetensors", FaultKind.InvalidData,
        $"'{path}' holds a pickle of PyTorch, where only the safetensors form is read.",
        "Make it anew with ConvertTo-Safetensors, which reads the tensors of PyTorch files as data.", path);

    public static FineTuneException NoWeightsInFolder(string folder, IEnumerable<string> names) => new("WeightsNotFound", FaultKind.NotFound,
        $"The folder '{folder}' has no weights: none of {string.Join(", ", names)} is there.", "Give the path of the file itself.", folder);

    public static FineTuneException InvalidPyTorchFile(string path, string problem) => new("InvalidPyTorchFile", FaultKind.InvalidData,
        $"'{path}' cannot be used as a PyTorch file of weights: {problem}.",
        "Of a model of your own, save model.state_dict() alone with torch.save; of a published file, compare its SHA-256 with the publisher's, and fetch it again where it differs.", path);

    public static FineTuneException UnsafePyTorchFile(string path, string what) => new("UnsafePyTorchFile", FaultKind.Security,
        $"'{path}' holds {what}, which is code and not weights; it was not run.",
        "Distrust a file that should hold weights alone. Of a model of your own, save model.state_dict() with torch.save, or safetensors.torch.save_file.", path);

    public static FineTuneException LegacyPyTorchFile(string path, string what) => new("LegacyPyTorchFile", FaultKind.InvalidData,
        $"'{path}' is {what}, a form that is not read.",
        "On a machine with Python, save it in the form of today: torch.save(torch.load(path, weights_only=True), 'weights.pth').", path);

    public static FineTuneException CodeNotAllowed(string path) => new("CodeNotAllowed", FaultKind.Security,
        $"'{path}' holds a TorchScript program, which is code: it would run with the rights of this account.",
        "Give -AllowCode if you trust whoever made it; in the settings of a task, allowCode.", path);

    public static FineTuneException BadTorchScript(string path, string problem) => new("BadTorchScript", FaultKind.InvalidData,
        $"The TorchScript program '{path}' cannot be used: {problem}.",
        "Save a network with torch.jit.script(net.eval()).save('net.pt') whose forward takes images, N x 3 x H x W, and returns their features.", path);

    public static FineTuneException NoTorchScript() => new("NoTorchScript", FaultKind.InvalidArgument,
        "TorchScriptBackbone has no network of its own, and no file was given.", "Give the TorchScript file as -Weights, with -AllowCode.");

    public static FineTuneException InvalidWeightsIndex(string path, string problem) => new("InvalidWeightsIndex", FaultKind.InvalidData,
        $"The index '{path}' of weights in shards cannot be used: {problem}.",
        "Fetch the index and all its shards again, into one folder and of one revision.", path);

    public static FineTuneException WeightsMismatch(string source, string model, IReadOnlyList<string> problems) => new("WeightsMismatch", FaultKind.Mismatch,
        $"The weights of '{source}' do not fit {model}: {string.Join("; ", problems)}.",
        "Choose the architecture that the weights were trained for; Get-ModelLayer lists its tensors.", source);
}

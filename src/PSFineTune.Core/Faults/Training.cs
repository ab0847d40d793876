using System.Globalization;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadPlanSetting(string setting, object? value, string allowed) =>
        new("BadPlanSetting", FaultKind.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"{setting} is {value ?? "not given"}; it must be {allowed}."),
            $"Give a {setting} that is {allowed}.", value);

    public static FineTuneException LossNotFinite(int epoch, int step, double loss, double learningRate) =>
        new("LossNotFinite", FaultKind.InvalidData,
            string.Create(CultureInfo.InvariantCulture, $"The loss became {loss} in epoch {epoch}, step {step}, at learning rate {learningRate:g4}. The last checkpoint is kept."),
            "Use a lower -LearningRate (a tenth is a good next try), or look for broken samples with -OnBadImage Report.", learningRate);

    public static FineTuneException OneClass(string name) =>
        new("OneClass", FaultKind.InvalidData, $"The data have one class only, '{name}'; there is nothing to tell apart.", "Add a folder of samples for each other class, such as 'other'.", name);

    public static FineTuneException TrainingBusy() =>
        new("ResourceBusy", FaultKind.Busy, "Another training is under way in this process; its threads and memory are shared.",
            "Wait for it, stop it, or train in another process, such as one of Start-Job.");

    public static FineTuneException RunBusy(string folder, Exception why) =>
        new("ResourceBusy", FaultKind.Busy, $"Another process is training in '{folder}'.", "Wait for it (Watch-FineTune shows it), or stop it first.", folder, why);

    public static FineTuneException OtherPlan(string checkpoint) =>
        new("CheckpointOfAnotherPlan", FaultKind.Mismatch, $"'{checkpoint}' was written by another plan than that of its run.", "Start afresh without -Resume; the checkpoint is left as it is.", checkpoint);

    public static FineTuneException DataChangedSince(string run, string root) =>
        new("DatasetChangedSinceCheckpoint", FaultKind.Mismatch, $"The data at '{root}' changed since the run '{run}' was stopped, so it cannot go on as the same run.",
            "Start afresh without -Resume, or put the data back as they were.", root);

    public static FineTuneException DiskFull(string folder, long needed, long free) =>
        new("DiskFull", FaultKind.WriteError, string.Create(CultureInfo.InvariantCulture, $"The checkpoints of this run need {needed / 1e6:0} MB at '{folder}', and {free / 1e6:0} MB are free."),
            "Free space, or give a -Workspace on another disk.", folder);

    public static FineTuneException MemoryGrows(int step, long before, long now) =>
        new("MemoryGrows", FaultKind.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"The process grew from {before / 1e6:0} to {now / 1e6:0} MB by step {step}, and goes on growing. The last checkpoint is kept."),
            "Go on with -Resume in a new process; where it happens again, report it with the plan (ConvertTo-Json).");

    public static FineTuneException OneValueToNormalise(string norm) =>
        new("OneValuePerChannel", FaultKind.InvalidArgument, $"The batch norm of '{norm}' was given one value a channel, of one sample and a map of one pixel: a variance needs two.",
            OneValueAction, norm);

    public static FineTuneException OneValueToNormalise(string norm, int batchSize, int accumulation, int side) =>
        new("OneValuePerChannel", FaultKind.InvalidArgument, string.Create(CultureInfo.InvariantCulture,
            $"The batch norm of '{norm}' would learn from one value a channel, and a variance needs two: a batch of {batchSize}{(accumulation > 1 ? $" in {accumulation} parts" : "")} is computed one sample at a time, and of an image of {side} pixels its map has one pixel."),
            OneValueAction, norm);

    const string OneValueAction = "Give a larger -BatchSize or -ImageSize, less -Accumulation, or -FrozenBatchNorm, which leaves batch norm as it was pretrained.";

    public static FineTuneException OutOfMemory(int step, int samples, int fewest, Exception why) =>
        new("OutOfMemory", FaultKind.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"Memory ran out in step {step}, though a batch of {samples} was computed {(fewest == 1 ? "sample by sample" : "by as few samples as batch norm learns from, two")}. The last checkpoint is kept."),
            "Use a smaller -ImageSize or network, or a machine with more memory, and go on with -Resume.", null, why);

    public static FineTuneException EmptyClass(IReadOnlyList<string> classes) =>
        new("ClassWithoutSamples", FaultKind.InvalidData, $"No training samples in {classes.Count} of the classes: {string.Join(", ", classes.Take(5))}.",
            "Add samples to them, lower -ValidationFraction or -TestFraction, or remove the classes.", classes[0]);

    public static FineTuneException NoSuchLayer(string pattern, IEnumerable<string> groups) =>
        new("NoSuchLayer", FaultKind.NotFound, $"No layer group or parameter matches '{pattern}'. Groups, input to output: {string.Join(", ", groups)}.",
            "Use a group, or a parameter name as Get-ModelLayer lists them; * ? and [a-z] are wildcards.", pattern);

    public static FineTuneException CheckpointMismatch(string optimizer, IReadOnlyList<string> problems) =>
        new("CheckpointMismatch", FaultKind.Mismatch, $"The state of {optimizer} in the checkpoint does not fit the plan: {string.Join("; ", problems)}.",
            "Go on with the plan that the checkpoint was made by: the same model, layer rules and optimizer.", optimizer);

    public static FineTuneException NoSuchLora(IEnumerable<string> targets, IReadOnlyList<string> linear, IEnumerable<string> adaptable) =>
        new("NoSuchLayer", FaultKind.NotFound, linear.Count > 0 ? $"{(targets.Any() ? $"No linear layer before the head matches {string.Join(", ", targets)}." : "No linear layers of this network are usual for low-rank adaptation.")} Some are: {string.Join(", ", linear.Take(6))}."
            : "The network has no linear layer before its head, which is what low-rank adaptation adds to.",
            linear.Count > 0 ? $"Give Lora a Target that is one of their names or part of some, such as '{linear[0]}', or leave Lora out."
            : $"Leave Lora out, or choose an architecture that can be adapted: {string.Join(", ", adaptable)}.", targets);

    public static FineTuneException NothingToTrain() =>
        new("NothingToTrain", FaultKind.InvalidArgument, "Every layer is frozen, so there is nothing to train.", "Unlock a layer group with Unlock-ModelLayer, usually head.");

    public static FineTuneException TensorsGrow(int step, long before, long now) =>
        new("TensorsGrow", FaultKind.LimitExceeded, $"The count of live tensors grew from {before} to {now} by step {step}: memory would run out. The last checkpoint is kept.",
            "This is a fault of the module: report it with the plan (ConvertTo-Json).");

    public static FineTuneException DatasetChanged(string root) =>
        new("DatasetChanged", FaultKind.Mismatch, $"The data at '{root}' are not those the plan was made for: files were added, removed, changed or moved.",
            "Make the plan again from a fresh Import-ImageDataset.", root);

    public static FineTuneException NoSuchRun(string id, string workspace) =>
        new("NoSuchRun", FaultKind.NotFound, $"There is no run '{id}' in the workspace '{workspace}'.", "List the runs with Get-FineTuneRun, or give the -Workspace it is in.", id);

    public static FineTuneException NoRuns(string workspace) =>
        new("NoRuns", FaultKind.NotFound, $"The workspace '{workspace}' has no runs.", "Start one with Invoke-FineTune, or give the -Workspace it is in.", workspace);

    public static FineTuneException DamagedRecord(string path, Exception why) =>
        new("DamagedRecord", FaultKind.InvalidData, $"The run record '{path}' cannot be read: {why.Message}",
            "Restore the file from a backup, or remove the run's folder; the other runs are not affected.", path, why);

    public static FineTuneException NoWeights(string id, string path) =>
        new("RunHasNoWeights", FaultKind.NotFound, $"The run '{id}' has no checkpoint that is whole in '{path}'.", "Train again; a run stopped before the end of its first epoch keeps no weights.", path);

    public static FineTuneException NotAModel(object given) =>
        new("NotAModel", FaultKind.InvalidArgument, $"'{given}' is not a model: a .psft package, a run record, or a run's id was expected.",
            "Give the path of a package made by Export-FineTuneModel, or what Invoke-FineTune or Get-FineTuneRun returned.", given);

    public static FineTuneException NoSamples(string split, string root) =>
        new("NoSamples", FaultKind.NotFound, $"The split {split} of '{root}' has no samples.", "Choose another -Split, or give the fractions or folders that make one.", root);

    public static FineTuneException NoOwnData(string model, string run, string workspace) =>
        new("NoOwnData", FaultKind.NotFound, $"'{model}' does not say where the data are that it learned from, and the workspace '{workspace}' has no run '{run}'.",
            "Give labelled samples: -Path a folder, or -Dataset from Import-ImageDataset.", model);

    public static FineTuneException UnknownClass(string name, IEnumerable<string> known) =>
        new("UnknownClass", FaultKind.Mismatch, $"The data have a class '{name}' that the model does not know. Its classes: {string.Join(", ", known)}.",
            "Judge the model on data of its own classes, or train it again with the new one.", name);

    public static FineTuneException FileExists(string path, string parameter) =>
        new("FileExists", FaultKind.WriteError, $"'{path}' exists already; it is left as it is.", $"Give another {parameter}, or -Force to replace it.", path);

    public static FineTuneException NoSuchDevice(string device, string why, IEnumerable<string> devices, string action, Exception? wrong = null) =>
        new("NoSuchDevice", FaultKind.NotSupported, $"Training on '{device}' is not possible here: {why}. Devices: {string.Join(", ", devices)}.",
            $"Leave out -Device to train on the CPU, or {action}.", device, wrong);

    public static FineTuneException NoNetwork(string model) =>
        new("NoNetwork", FaultKind.NotSupported, $"{model} does not learn in steps of a learning rate, so there is nothing to try.", "Run the plan with Invoke-FineTune; models of this kind take seconds.", model);

    public static FineTuneException NoDescent(int steps, double learningRate) =>
        new("NoDescent", FaultKind.InvalidData,
            string.Create(CultureInfo.InvariantCulture, $"The loss does not fall anywhere in {steps} steps up to learning rate {learningRate:0.#e0}, so none is suggested."),
            "Look for wrong labels and for layers that are frozen by mistake (Get-ModelLayer), or give more -Steps, a larger -BatchSize, or a wider range with -Start and -End.");
}

using System.Runtime.InteropServices;
using PSFineTune.Models;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>What low-rank adaptation learned of a model: its narrow matrices and its output layer, without the weights that they are added to.</summary>
/// <param name="Source">A safetensors file.</param>
/// <param name="Base">The weights.</param>
sealed record Adapter(PartSource Source, AdaptedWeights Base)
{
    public const string PartName = "adapter.safetensors", Kind = "adapter";

    // What one array holds; files of more tensors than that are for machines that keep them whole.
    const long LargestWhole = 2_000_000_000;

    /// <summary>Of a run that adapted a file of weights.</summary>
    /// <param name="run">The run.</param>
    /// <param name="checkpoint">Its folder; whose weights are the model.</param>
    /// <exception cref="FineTuneException">NoAdapter; WeightsNotFound, WeightsChanged, CannotRead: the file is not there any more as it was.</exception>
    public static Adapter Of(RunRecord run, string checkpoint)
    {
        var plan = run.Plan;
        if (plan is not { Lora: not null, Model: NetworkSpec }) throw Fault.NoAdapter(run.Id, "it was trained without low-rank adaptation (-Lora)");
        if (plan.Weights is not { } path || plan.WeightsSha256 is not { } hash || path == TrainingPlan.EmbeddedWeights) throw Fault.NoAdapter(run.Id, "it began with no file of weights");
        if (WeightsFile.IsSharded(path)) throw Fault.NoAdapter(run.Id, "its weights are in shards: ConvertTo-Safetensors makes one file of them, to train on");
        if (WeightsFile.Sha256(path) != hash) throw Fault.WeightsChanged(path);
        var learned = Checkpoint.Apart(checkpoint);
        var wanted = Learned(plan, run.Classes.Count).Select(spec => learned.GetValueOrDefault(spec.Name) ?? throw Fault.NoAdapter(run.Id, $"its checkpoint lacks {spec.Name}"));
        using var stream = new MemoryStream();
        Safetensors.Write(stream, wanted);
        return new(PartSource.Of(stream.ToArray()), new() { FileName = Path.GetFileName(path), Sha256 = hash, Bytes = new FileInfo(path).Length });
    }

    /// <summary>The model's whole weights: the base's, with the products added, as any package has them.</summary>
    /// <param name="package">Whose adapter it is.</param>
    /// <param name="file">The base, which must have its hash.</param>
    /// <exception cref="FineTuneException">InvalidSafetensors, WeightsMismatch, OtherBaseWeights, PartTooLarge.</exception>
    public PartSource On(ModelPackage package, string file)
    {
        var (spec, classes) = ((NetworkSpec)package.Plan.Model!, package.Classes.Count);
        spec.Validate();
        using var open = Source.Open();
        var learned = Safetensors.Read(open, Source.Length, package.Path).Tensors;
        if (WeightsMatch.Problems(Learned(package.Plan, classes), learned, head: null, countersMayLack: false) is { Count: > 0 } misfits) throw Fault.WeightsMismatch(package.Path, "the adapter", misfits);
        var weights = spec.ReadWeights(file);
        if (weights.Sha256 != Base.Sha256) throw Fault.OtherBaseWeights(package.Path, file, Base);
        var specs = spec.Tensors(classes);
        var head = specs[^1].Group;
        if (WeightsMatch.Problems(specs, weights.Tensors, head) is { Count: > 0 } problems) throw Fault.WeightsMismatch(file, spec.Name, problems);
        var bytes = specs.Sum(tensor => tensor.Elements) * sizeof(float);
        if (bytes > LargestWhole) throw Fault.PartTooLarge(package.Path, PartName, bytes, LargestWhole);
        var layers = package.Plan.Lora!.For(spec).Of(specs).ToLookup(layer => layer.Weight.Name);
        var whole = specs.Where(tensor => tensor.Group == head || weights.Tensors.ContainsKey(tensor.Name))
            .Select(tensor => tensor.Group == head ? learned[tensor.Name] : Sum(weights.Tensors[tensor.Name], layers[tensor.Name], learned, (float)package.Plan.Lora.Scale));
        using var stream = new MemoryStream((int)Math.Min(int.MaxValue - 64, bytes + (1 << 20)));
        Safetensors.Write(stream, whole, PreprocessingNote.Of(package.Preprocessing));
        return PartSource.Of(stream.ToArray());
    }

    /// <summary>What an adapter holds, as tensors of the model with narrow matrices.</summary>
    static IReadOnlyList<TensorSpec> Learned(TrainingPlan plan, int classes)
    {
        var specs = plan.Model!.Tensors(classes);
        var (head, lora) = (specs[^1].Group, plan.Lora!.For(plan.Model));
        return [.. lora.Of(specs).SelectMany(layer => layer.Factors(lora.Rank)), .. specs.Where(spec => spec.Group == head)];
    }

    // In float32, as the tensor library does it, but in one order on every machine.
    static StoredTensor Sum(StoredTensor weight, IEnumerable<AdaptedLayer> layers, IReadOnlyDictionary<string, StoredTensor> learned, float scale)
    {
        var (width, bytes) = ((int)weight.Shape[^1], (byte[]?)null);
        foreach (var layer in layers)
        {
            bytes ??= [.. weight.Bytes];
            var (down, up, target) = (learned[layer.Down], learned[layer.Up], bytes);
            var rank = (int)down.Shape[0];
            Parallel.For(0, (int)layer.Rows, row =>
            {
                var product = new float[width];
                ReadOnlySpan<float> factors = MemoryMarshal.Cast<byte, float>(up.Bytes).Slice(row * rank, rank), narrow = MemoryMarshal.Cast<byte, float>(down.Bytes);
                for (var place = 0; place < rank; place++)
                    for (var column = 0; column < width; column++) product[column] += factors[place] * narrow[place * width + column];
                var sums = MemoryMarshal.Cast<byte, float>(target.AsSpan()).Slice((int)(layer.From + row) * width, width);
                for (var column = 0; column < width; column++) sums[column] += product[column] * scale;
            });
        }
        return bytes is null ? weight : weight with { Bytes = bytes };
    }
}

using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Training.Frozen;
using PSFineTune.Training.Samplers;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>
/// Steps of a plan on a network of its own, of which nothing stays: no file is written, and the process has the threads and
/// the random state that it had. One at a time with every training, for threads and memory are the process's.
/// </summary>
sealed class Trial : IDisposable
{
    readonly TrainingPlan _plan;
    readonly IDisposable _gate;
    readonly IDisposable _threads;
    readonly Tensor _random;
    readonly Learner _learner;
    readonly RunPace _pace;

    int[] _rows;

    Trial(TrainingPlan plan, NetworkSpec spec, Dataset data, CancellationToken cancel)
    {
        (_plan, Data, _rows) = (plan, data, data.RowsOf(Split.Train));
        (TrainRows, ValidationRows) = (Mixed(Split.Train), Mixed(Split.Validation));
        (Samples, ValidationSamples) = (TrainRows.Length, ValidationRows.Length);
        _gate = RunGate.Enter();
        try
        {
            _threads = TorchRuntime.UseThreads(plan.Threads);
            _random = random.get_rng_state();
            try
            {
                Threads = TorchRuntime.Threads;
                var parts = spec.Learn(plan, data, cancel);
                _learner = new(spec, plan, data, parts);
                Loader = new(spec.NewReader(SampleSource.Of(data), plan.Preprocessing, plan.Augment, parts), plan.BatchSize, Threads);
                StepsPerEpoch = BatchLoader.Parts(_rows, plan.BatchSize).Count;
                _pace = new(StepsPerEpoch, plan.Epochs);
            }
            catch
            {
                Restore();
                throw;
            }
        }
        catch
        {
            _gate.Dispose();
            throw;
        }
    }

    /// <param name="plan">What to try.</param>
    /// <param name="data">The plan's data where they are at hand; null to read them from where the plan says.</param>
    /// <param name="workspace">Its memory of the data is used; nothing is written there.</param>
    /// <param name="progress">Of reading the data; called on the calling thread.</param>
    /// <param name="cancel">Checked for every file.</param>
    /// <param name="past">A run that is to go on.</param>
    /// <exception cref="FineTuneException">As a run of the plan; NoNetwork where its model is none that takes steps.</exception>
    public static Trial Of(TrainingPlan plan, Dataset? data, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel, RunRecord? past = null)
    {
        if (plan.Model is null) throw Fault.BadPlanSetting("Model", null, "an architecture, see Get-ModelArchitecture");
        if (plan.Model is not NetworkSpec spec) throw Fault.NoNetwork(plan.Model.Name);
        data ??= plan.Dataset?.OpenReadOnly(workspace, progress, cancel) ?? throw Fault.BadPlanSetting("Dataset", null, "a dataset from Import-ImageDataset");
        if (past is not null) PlanCheck.SameData(past, data);
        PlanCheck.Refuse(plan, data, spec.Tensors(data.Classes.Count));
        return new(plan, spec, data, cancel);
    }

    public Learner Learner => _learner;

    public BatchLoader Loader { get; private set; }

    public Dataset Data { get; }

    /// <summary>Training samples.</summary>
    public int Samples { get; }

    public int ValidationSamples { get; }

    /// <summary>Training samples that can be read, in an order in which the first few stand for the rest.</summary>
    public int[] TrainRows { get; private set; }

    /// <summary>As <see cref="TrainRows"/>, of the validation samples.</summary>
    public int[] ValidationRows { get; private set; }

    public int StepsPerEpoch { get; }

    /// <summary>Of the tensor library.</summary>
    public int Threads { get; }

    /// <summary>The batches of a run from its first epoch on, as many as are asked for.</summary>
    /// <param name="cancel">Checked for every sample.</param>
    public IEnumerable<Batch> Batches(CancellationToken cancel)
    {
        for (var epoch = 1; ; epoch++)
        {
            var order = LengthBuckets.Mixed(Loader.Reader, _plan.Sampler.Order(_rows, Data.LabelAt, RandomStream.For(_plan.Seed, epoch, "order")), _plan.BatchSize, RandomStream.For(_plan.Seed, epoch, "buckets"));
            var now = epoch;
            foreach (var batch in Loader.Read(order, row => new DrawKey(_plan.Seed, now, Data.KeyAt(row)), cancel)) yield return batch;
        }
    }

    /// <summary>From here on the samples that are held, from the layers on that made nothing of them yet.</summary>
    public void GoOnBehind(HeldOutputs held, int boundary)
    {
        (TrainRows, ValidationRows) = ([.. TrainRows.Where(held.Has)], [.. ValidationRows.Where(held.Has)]);
        _rows = TrainRows;
        Loader = new(new OutputReader(held, Data.Classes.Count, Loader.Reader), _plan.BatchSize, Threads);
        _learner.FromGroup = boundary;
    }

    /// <summary>One step at a factor of the plan's learning rate; layers keep their proportions.</summary>
    public StepResult Step(Batch batch, double factor)
    {
        _pace.Next([]);
        return _learner.Step(batch, Loader.Reader, _pace, factor, _ => { });
    }

    public void Dispose()
    {
        _learner.Dispose();
        Restore();
        _gate.Dispose();
    }

    int[] Mixed(Split split) => new Shuffled().Order(Data.RowsOf(split), Data.LabelAt, RandomStream.For(_plan.Seed, (int)split, "trial"));

    void Restore()
    {
        random.set_rng_state(_random);
        _random.Dispose();
        _threads.Dispose();
    }
}

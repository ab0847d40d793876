using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Recipes;
using PSFineTune.Training;
using TorchSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What computes, and what is said where it is not there.</summary>
[Collection("Training")]
public sealed class DeviceTests : IDisposable
{
    static readonly ResNet20 s_network = new();

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public DeviceTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 6);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cpu"), InlineData("cuda"), InlineData("cuda:0"), InlineData("cuda:7")]
    public void A_plan_may_be_made_for_another_machine(string device)
    {
        var plan = Plan(device);
        PlanCheck.Settings(plan);
        Assert.Equal(device, PlanJson.Read<TrainingPlan>(PlanJson.Write(plan)).Device);
    }

    [Theory]
    [InlineData("gpu"), InlineData(""), InlineData("CUDA"), InlineData("cpu:0"), InlineData("cuda:"), InlineData("cuda:-1"), InlineData("cuda:99999"), InlineData("cuda\n")]
    public void A_name_of_no_device_is_refused_in_the_plan(string device)
    {
        foreach (var refused in new Action[] { () => PlanCheck.Settings(Plan(device)), () => FineTuning.Check(Plan(device), null, new()) })
        {
            var fault = Assert.Throws<FineTuneException>(refused);
            Assert.Equal("BadPlanSetting", fault.Id);
            Assert.Contains("cpu or cuda[:n]", fault.Message);
        }
    }

    [Theory]
    [InlineData("cuda"), InlineData("cuda:7")]
    public void Where_there_is_no_GPU_nothing_begins(string device)
    {
        Assert.SkipWhen(TorchRuntime.HasCuda, "a build with CUDA");
        foreach (var begun in new Action[]
        {
            () => FineTuning.Check(Plan(device), null, new()),
            () => _ = FineTuning.Run(Plan(device), _data, _folder["workspace"], null, default).Count(),
            () => _ = new PlanTrial().Run(Plan(device), _data, _folder["workspace"], null, default).Count(),
            () => _ = new LearningRateSearch().Run(Plan(device), _data, _folder["workspace"], null, default).Count(),
        })
        {
            var fault = Assert.Throws<FineTuneException>(begun);
            Assert.Equal(("NoSuchDevice", FaultKind.NotSupported), (fault.Id, fault.Kind));
            Assert.Equal($"Training on '{device}' is not possible here: the tensor library that is installed has no CUDA. Devices: cpu.", fault.Message);
            Assert.StartsWith("Leave out -Device to train on the CPU, or install the library that has it: Install-FineTuneRuntime -Accelerator cuda -AllowUnpinned,", fault.RecommendedAction, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetDirectories(_folder["workspace/runs"]));
    }

    [Fact]
    public void A_build_with_CUDA_is_known_by_the_file_beside_the_bridge()
    {
        var bridge = _folder["native/libLibTorchSharp.so"];
        Directory.CreateDirectory(_folder["native"]);
        Assert.False(TorchRuntime.IsCudaBuild(["/elsewhere/libtorch_cuda.so", bridge]));
        File.WriteAllText(_folder["native/libtorch_cuda.so"], "");
        Assert.True(TorchRuntime.IsCudaBuild(["/elsewhere/libc.so", bridge]));
        Assert.False(TorchRuntime.IsCudaBuild([]));
    }

    [Fact]
    public void The_processor_is_tried_as_a_GPU_is()
    {
        Assert.Equal(DeviceType.CPU, TorchDevice.Of("cpu").type);
        TorchDevice.Convolve(TorchDevice.Of("cpu"));
        Assert.Equal("cpu", TorchDevice.All.First());
        Assert.False(torch.backends.cuda.matmul.allow_tf32 || torch.backends.cudnn.allow_tf32);
    }

    [Fact]
    public void What_a_GPU_cannot_promise_is_said()
    {
        Assert.Null(TorchDevice.Warning("cpu"));
        Assert.Contains("computes on cuda:1, where sums are added in no fixed order", TorchDevice.Warning("cuda:1"));
        Assert.Empty(FineTuning.Run(Plan("cpu"), _data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record.Notes);
    }

    TrainingPlan Plan(string device) => PlanStart.For(s_network, _data, TrainingPlan.EmbeddedWeights, new Tutorial()) with { Epochs = 1, Threads = 1, Device = device };
}

using System.Text;
using PSFineTune.Text;
using PSFineTune.Text.LibSvm;
using PSFineTune.Text.Svm;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Model files: theirs run here, ours run there, and what is none is refused by its line.</summary>
public sealed class LibSvmModelTests
{
    static readonly SparseDataset s_train = LibSvmGolden.Read(LibSvmGolden.Get.Train), s_test = LibSvmGolden.Read(LibSvmGolden.Get.Test);

    const string Small = "svm_type c_svc\nkernel_type rbf\ngamma 0.5\nnr_class 2\ntotal_sv 2\nrho 0.25\nlabel 1 -1\nnr_sv 1 1\nSV\n1 1:0.5 3:1\n-1 2:1\n";

    [Theory, InlineData("linear"), InlineData("rbf"), InlineData("polynomial"), InlineData("weighted"), InlineData("probability"), InlineData("pair")]
    public void A_model_of_svm_train_predicts_as_svm_predict_does(string name)
    {
        var peer = LibSvmGolden.Get.Machines[name];
        var machine = LibSvmGolden.ReadModel(peer.Model);
        if (machine.Sigmoids is null)
        {
            Assert.Equal(peer.Predictions, LibSvmGolden.Predict(machine, s_test));
            return;
        }
        for (var row = 0; row < s_test.Count; row++)
        {
            var shares = machine.Probabilities(machine.Decide(s_test.Rows.Columns(row), s_test.Rows.Values(row)));
            // svm-predict prints six digits; of two classes LIBSVM before 3.25 ends its iteration early.
            Assert.All(shares.Zip(peer.Probabilities[row]), pair => Assert.Equal(pair.Second, pair.First, shares.Length == 2 ? 3e-3 : 2e-6));
            Assert.Equal(peer.Predictions[row], machine.Labels[Array.IndexOf(shares, shares.Max())]);
        }
    }

    [Theory, InlineData("linear"), InlineData("rbf"), InlineData("polynomial"), InlineData("probability"), InlineData("pair")]
    public void A_model_that_is_written_reads_as_the_same(string name)
    {
        var first = Text(LibSvmGolden.ReadModel(LibSvmGolden.Get.Machines[name].Model));
        Assert.Equal(first, Text(LibSvmGolden.ReadModel(first)));
        var (once, again) = (LibSvmGolden.ReadModel(LibSvmGolden.Get.Machines[name].Model), LibSvmGolden.ReadModel(first));
        for (var row = 0; row < s_test.Count; row++)
            Assert.Equal(once.Decide(s_test.Rows.Columns(row), s_test.Rows.Values(row)), again.Decide(s_test.Rows.Columns(row), s_test.Rows.Values(row)));
    }

    public static TheoryData<SvmKernel> Kernels => [new LinearKernel(), new RbfKernel { Gamma = 0.2 }, new PolynomialKernel { Gamma = 0.3, Coef0 = 1, Degree = 2 }];

    [Theory, MemberData(nameof(Kernels))]
    public void Svm_predict_runs_our_model_and_we_run_that_of_svm_train(SvmKernel kernel)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["train"], LibSvmGolden.Get.Train);
        File.WriteAllText(folder["test"], LibSvmGolden.Get.Test);
        foreach (var probability in new[] { false, true })
        {
            string[] asked = probability ? ["-b", "1"] : [];
            var ours = new OneVersusOne(s_train.Rows, LibSvmGolden.LabelsOf(s_train), new() { Kernel = kernel, Cost = 2, Probability = probability }).Train(default);
            LibSvmModel.Write(ours, folder["ours"]);
            LibSvmGolden.Run("svm-predict", [.. asked, folder["test"], folder["ours"], folder["said"]]);
            Assert.Equal(Said(folder["said"], probability), Predict(ours));

            string[] options = kernel switch { RbfKernel => ["-t", "2", "-g", "0.2"], PolynomialKernel => ["-t", "1", "-g", "0.3", "-r", "1", "-d", "2"], _ => ["-t", "0"] };
            LibSvmGolden.Run("svm-train", [.. asked, .. options, "-c", "2", "-q", folder["train"], folder["theirs"]]);
            LibSvmGolden.Run("svm-predict", [.. asked, folder["test"], folder["theirs"], folder["said"]]);
            Assert.Equal(Said(folder["said"], probability), Predict(LibSvmModel.Read(folder["theirs"])));
        }
    }

    // Every way in which a file can be damaged or hostile, by its line; sizes that it claims cost no memory.
    [Theory]
    [InlineData("", 1, "ends before the line SV")]
    [InlineData("gamma 0.5", 3, "gamma half", "gamma is 'half'")]
    [InlineData("svm_type c_svc", 9, "svm_type epsilon_svr", "svm_type is 'epsilon_svr'")]
    [InlineData("kernel_type rbf", 9, "kernel_type sigmoid", "kernel_type is 'sigmoid'; known here are linear, polynomial and rbf")]
    [InlineData("gamma 0.5\n", 8, "", "no line gamma")]
    [InlineData("gamma 0.5", 3, "gamme 0.5", "'gamme' is no line")]
    [InlineData("gamma 0.5", 4, "gamma 0.5\ngamma 0.5", "a second time")]
    [InlineData("nr_class 2", 9, "nr_class 2000000000", "label has 2 numbers; it must have 2000000000")]
    [InlineData("nr_class 2", 9, "nr_class 1", "whole number from 2")]
    [InlineData("total_sv 2", 9, "total_sv 2000000000", "numbers of nr_sv make 2")]
    [InlineData("nr_sv 1 1", 9, "nr_sv 1 1 1", "nr_sv has 3 numbers")]
    [InlineData("nr_sv 1 1", 9, "nr_sv 3 -1", "nr_sv is -1")]
    [InlineData("rho 0.25", 9, "rho 0.25 0.5", "rho has 2 numbers; it must have 1")]
    [InlineData("rho 0.25", 6, "rho nan", "rho is 'nan'")]
    [InlineData("label 1 -1", 9, "label 1 1", "a label stands twice")]
    [InlineData("nr_sv 1 1", 10, "probA 1\nnr_sv 1 1", "only one is there")]
    [InlineData("1 1:0.5 3:1", 10, "1 3:0.5 1:1", "index 1 follows index 3")]
    [InlineData("1 1:0.5 3:1", 10, "1:0.5 3:1", "a coefficient is '1:0.5'")]
    [InlineData("1 1:0.5 3:1", 10, "1 4294967297:0.5", "from 1 to 2147483647")]
    [InlineData("-1 2:1\n", 10, "", "ends after 1 of 2")]
    [InlineData("-1 2:1\n", 12, "-1 2:1\n1 5:1\n", "another support vector, where total_sv says 2")]
    public void A_damaged_model_is_refused_by_its_line(string from, int line, string to, string? message = null)
    {
        var wrong = Assert.Throws<FineTuneException>(() => LibSvmGolden.ReadModel(from.Length == 0 ? "" : Small.Replace(from, to)));
        Assert.Equal("BadLibSvmModel", wrong.Id);
        Assert.Contains($"line {line}:", wrong.Message);
        Assert.Contains(message ?? to, wrong.Message);
    }

    [Fact]
    public void A_model_with_a_far_index_costs_what_it_holds()
    {
        var machine = LibSvmGolden.ReadModel(Small.Replace("3:1", "2147483647:1").Replace("\n", "\r\n"));
        Assert.Equal(0.5 * 1 / 1, machine.Vectors.Values(0)[0]);
        // |(0.5, 1) - (0.5, 1)| = 0, |(0, 1) - …|^2 = 0.25 + 1 + 1: exp(0) - exp(-0.5 * 2.25) - 0.25.
        Assert.Equal(1 - Math.Exp(-0.5 * 2.25) - 0.25, machine.Decide([0, int.MaxValue - 1], [0.5, 1])[0], 12);
    }

    // Letters changed, doubled and left out anywhere: a machine, or the fault with a line.
    [Fact]
    public void Damage_of_any_kind_is_a_fault_or_harmless()
    {
        var random = RandomStream.For(12, 0, "damage");
        const string letters = " \n0123456789-.:eE\0x#\uFFFD";
        var (refused, whole) = (0, LibSvmGolden.Get.Machines["pair"].Model);
        for (var round = 0; round < 3000; round++)
        {
            var text = new StringBuilder(random.Chance(0.5) ? Small : whole);
            for (var change = random.Below(3); change >= 0; change--)
            {
                var at = random.Below(text.Length);
                if (random.Chance(0.3)) text.Remove(at, Math.Min(1 + random.Below(20), text.Length - at));
                else text.Insert(at, letters[random.Below(letters.Length)].ToString(), 1 + random.Below(3));
                if (text.Length == 0) break;
            }
            try
            {
                var machine = LibSvmGolden.ReadModel(text.ToString());
                Assert.Equal(machine.Thresholds.Length, machine.Decide([0, 5], [1, 2]).Length);
            }
            catch (FineTuneException wrong)
            {
                Assert.Equal("BadLibSvmModel", wrong.Id);
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 2999);
    }

    static int[] Predict(SupportVectors machine) => machine.Sigmoids is null ? LibSvmGolden.Predict(machine, s_test) : [.. Enumerable.Range(0, s_test.Count).Select(row =>
    {
        var shares = machine.Probabilities(machine.Decide(s_test.Rows.Columns(row), s_test.Rows.Values(row)));
        return machine.Labels[Array.IndexOf(shares, shares.Max())];
    })];

    static int[] Said(string path, bool probability) => [.. File.ReadLines(path).Skip(probability ? 1 : 0).Select(line => int.Parse(line.Split(' ')[0]))];

    static string Text(SupportVectors machine)
    {
        using var stream = new MemoryStream();
        LibSvmModel.Write(machine, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

-- Written by the program as of commit 5fab260, which gave the schema no version.
BEGIN TRANSACTION;
CREATE TABLE assets (
	file_name VARCHAR NOT NULL, 
	original_name TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	media_type VARCHAR, 
	size INTEGER, 
	used BOOLEAN DEFAULT 1 NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (file_name)
);
INSERT INTO "assets" VALUES('f14650b0-a5c6-4e29-aab3-16361be01353.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
INSERT INTO "assets" VALUES('d505ac1b-036e-4681-8eb0-496093281f69.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
CREATE TABLE assignments (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	user_score DOUBLE NOT NULL, 
	position INTEGER, 
	due DOUBLE NOT NULL, 
	answered INTEGER NOT NULL, 
	PRIMARY KEY (job_id, labeler_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "assignments" VALUES('job_d57b790a6f95','sim_00000',0.9128,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_d57b790a6f95','sim_00001',0.6853,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_d57b790a6f95','sim_00002',0.8051,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_d57b790a6f95','sim_00003',0.6866,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_d57b790a6f95','sim_00004',0.8589,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_d57b790a6f95','sim_00005',0.8946,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_78197d893087','sim_00000',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_78197d893087','sim_00001',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_78197d893087','sim_00002',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_78197d893087','sim_00003',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_78197d893087','sim_00004',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_78197d893087','sim_00005',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00000',0.9128,2,9.90140013350599201835e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00001',0.6853,1,7.20644892076816478976e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00002',0.8051,1,0.987780008242015,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00003',0.6866,2,1.02028676172744181549e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00004',0.8589,1,6.04213672589443695493e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00005',0.8946,2,5.6121427020482206327e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00006',0.8725,0,7.56817250436917721145e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00007',0.8061,2,1.09413200284714129395e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00008',0.7177,1,1.05370252641471529031e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00009',0.7929,2,9.54386176650452555669e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00010',0.815,0,1.09433515158205496575e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00011',0.7714,1,1.20268490792603532923e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00012',0.8861,2,0.582953754567048,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00013',0.8656,0,5.51875154097595688185e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00014',0.7068,1,1.20129798805903686975e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00015',0.7307,1,1.02930897302742163645e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00016',0.8712,0,8.36056357599264110547e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00017',0.8185,0,1.35322718183275525483e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00018',0.7812,1,6.75047756659369335707e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00019',0.0352,2,0.948688771729369,1);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00020',0.4345,2,8.0408637981833441799e-01,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00021',0.9082,0,0.9346461311062,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00022',0.7888,0,1.09030019712399450781e+00,0);
INSERT INTO "assignments" VALUES('job_5397fd37bcd1','sim_00023',0.6593,0,9.74160136433088519325e-01,0);
CREATE TABLE audiences (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	base_id VARCHAR, 
	name TEXT NOT NULL, 
	description TEXT, 
	status VARCHAR NOT NULL, 
	filters JSON NOT NULL, 
	graduation_rule JSON NOT NULL, 
	leave_after INTEGER, 
	drop_min_responses INTEGER NOT NULL, 
	drop_score DOUBLE NOT NULL, 
	created_at DOUBLE NOT NULL, 
	recruiting_since DOUBLE, 
	crowd_size INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audiences" VALUES('global','global',NULL,'Global','Everyone: the broadest pool of labelers, ready for any simple task.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_alignment','curated',NULL,'Alignment','Labelers trained to judge how well an image or video follows its prompt.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_b0cd9c7675cf','custom',NULL,'Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_714bc9e7618e','custom',NULL,'Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_9bcd72d9fd7c','023eeafe-f37b-4bb7-9902-86dcc73274c5','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "f14650b0-a5c6-4e29-aab3-16361be01353.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "d505ac1b-036e-4681-8eb0-496093281f69.jpg", "warnings": []}]');
CREATE TABLE candidates (
	audience_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answered INTEGER NOT NULL, 
	correct INTEGER NOT NULL, 
	joined_at DOUBLE NOT NULL, 
	decided_at DOUBLE, 
	next_due DOUBLE, 
	PRIMARY KEY (audience_id, labeler_id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "candidates" VALUES('aud_b0cd9c7675cf','sim_00000','Graduated',3,3,1.80000000086402511595e+09,1.80000000275279665e+09,NULL);
INSERT INTO "candidates" VALUES('aud_b0cd9c7675cf','sim_00001','Graduated',3,3,1.80000000007355189322e+09,1.8000000015535883904e+09,NULL);
INSERT INTO "candidates" VALUES('aud_b0cd9c7675cf','sim_00002','Graduated',3,3,1.80000000092571711546e+09,1.80000000355165910717e+09,NULL);
INSERT INTO "candidates" VALUES('aud_b0cd9c7675cf','sim_00003','Graduated',3,3,1.80000000034766197212e+09,1.80000000252999448769e+09,NULL);
INSERT INTO "candidates" VALUES('aud_b0cd9c7675cf','sim_00004','Graduated',3,3,1.80000000129056549067e+09,1.8000000025557584762e+09,NULL);
INSERT INTO "candidates" VALUES('aud_b0cd9c7675cf','sim_00005','Graduated',3,3,1.80000000146953678132e+09,1.80000000301929354669e+09,NULL);
CREATE TABLE datapoints (
	id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	sort_index INTEGER NOT NULL, 
	arrived_at DOUBLE NOT NULL, 
	item_names JSON NOT NULL, 
	context TEXT, 
	segments JSON, 
	group_name VARCHAR, 
	private_metadata JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "datapoints" VALUES('dpt_0a1e9481c4e2','dst_d4d22665800d',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 0"}, {"_t": "TextAssetInput", "text": "second text 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_63f6dc123437','dst_d4d22665800d',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 1"}, {"_t": "TextAssetInput", "text": "second text 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_b171e98f6a6a','dst_d4d22665800d',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 2"}, {"_t": "TextAssetInput", "text": "second text 2"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_5b80cb400fee','dst_d25983e6fbf3',0,1800000120.0,'["f14650b0-a5c6-4e29-aab3-16361be01353.jpg", "d505ac1b-036e-4681-8eb0-496093281f69.jpg"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": "f14650b0-a5c6-4e29-aab3-16361be01353.jpg"}, {"_t": "ExistingAssetInput", "name": "d505ac1b-036e-4681-8eb0-496093281f69.jpg"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_56ba085f6f77','dst_503ed060e604',0,1800000154.0,'["a", "b"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "a"}, {"_t": "TextAssetInput", "text": "b"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_c53e74c0575a','dst_4bf4213d12fe',0,1800000164.0,'["one 0", "two 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 0"}, {"_t": "TextAssetInput", "text": "two 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_4bebc7d08692','dst_4bf4213d12fe',1,1800000164.0,'["one 1", "two 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 1"}, {"_t": "TextAssetInput", "text": "two 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_d9970b081c96','dst_4bf4213d12fe',2,1800000164.0,'["one 2", "two 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 2"}, {"_t": "TextAssetInput", "text": "two 2"}]}}]',NULL,'null');
CREATE TABLE dataset_groups (
	dataset_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	context TEXT, 
	segments JSON NOT NULL, 
	PRIMARY KEY (dataset_id, name), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "dataset_groups" VALUES('dst_4bf4213d12fe','dataset_groups_name','dataset_groups_context','[]');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_d4d22665800d','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_d25983e6fbf3','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_503ed060e604','Draft_dataset','null',1800000154.0);
INSERT INTO "datasets" VALUES('dst_4bf4213d12fe','Halfway_dataset','null',1800000164.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_9ba487dfb546','Texts',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_35c444153911','Pictures',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_88b0c5c84f62','Draft',1800000154.0,NULL);
INSERT INTO "definitions" VALUES('jdf_892c8ce4db39','Halfway',1800000164.0,NULL);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_47df9563b1c6','sim_00001',1,1.80000000056689739222e+09);
INSERT INTO "example_responses" VALUES('exm_a53d84211c00','sim_00001',1,1.80000000106024289122e+09);
INSERT INTO "example_responses" VALUES('exm_47df9563b1c6','sim_00003',1,1.80000000107510614395e+09);
INSERT INTO "example_responses" VALUES('exm_47df9563b1c6','sim_00000',1,1.80000000149361562727e+09);
INSERT INTO "example_responses" VALUES('exm_fa7c339f4657','sim_00001',1,1.8000000015535883904e+09);
INSERT INTO "example_responses" VALUES('exm_47df9563b1c6','sim_00004',1,1.80000000171229648585e+09);
INSERT INTO "example_responses" VALUES('exm_47df9563b1c6','sim_00002',1,1.8000000018010311127e+09);
INSERT INTO "example_responses" VALUES('exm_a53d84211c00','sim_00003',1,1.80000000180255031586e+09);
INSERT INTO "example_responses" VALUES('exm_47df9563b1c6','sim_00005',1,1.80000000198612236969e+09);
INSERT INTO "example_responses" VALUES('exm_a53d84211c00','sim_00000',1,1.80000000212320613868e+09);
INSERT INTO "example_responses" VALUES('exm_a53d84211c00','sim_00004',1,1.80000000213402748102e+09);
INSERT INTO "example_responses" VALUES('exm_a53d84211c00','sim_00005',1,1.80000000250270795823e+09);
INSERT INTO "example_responses" VALUES('exm_fa7c339f4657','sim_00003',1,1.80000000252999448769e+09);
INSERT INTO "example_responses" VALUES('exm_fa7c339f4657','sim_00004',1,1.8000000025557584762e+09);
INSERT INTO "example_responses" VALUES('exm_a53d84211c00','sim_00002',1,1.80000000267634510994e+09);
INSERT INTO "example_responses" VALUES('exm_fa7c339f4657','sim_00000',1,1.80000000275279665e+09);
INSERT INTO "example_responses" VALUES('exm_fa7c339f4657','sim_00005',1,1.80000000301929354669e+09);
INSERT INTO "example_responses" VALUES('exm_fa7c339f4657','sim_00002',1,1.80000000355165910717e+09);
CREATE TABLE examples (
	id VARCHAR NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body JSON NOT NULL, 
	correct_count INTEGER NOT NULL, 
	incorrect_count INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE
);
INSERT INTO "examples" VALUES('exm_a53d84211c00','aud_b0cd9c7675cf',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_47df9563b1c6','aud_b0cd9c7675cf',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_fa7c339f4657','aud_b0cd9c7675cf',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
CREATE TABLE handouts (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	since DOUBLE NOT NULL, 
	report VARCHAR, 
	PRIMARY KEY (job_id, labeler_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "handouts" VALUES('job_5397fd37bcd1','sim_00000',0,'InHand',1800000000.0,'handouts_report');
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	load INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_d57b790a6f95',0,'dpt_0a1e9481c4e2',1,3);
INSERT INTO "job_datapoints" VALUES('job_d57b790a6f95',1,'dpt_63f6dc123437',1,3);
INSERT INTO "job_datapoints" VALUES('job_d57b790a6f95',2,'dpt_b171e98f6a6a',1,3);
INSERT INTO "job_datapoints" VALUES('job_78197d893087',0,'dpt_5b80cb400fee',1,2);
INSERT INTO "job_datapoints" VALUES('job_5397fd37bcd1',0,'dpt_c53e74c0575a',0,9);
INSERT INTO "job_datapoints" VALUES('job_5397fd37bcd1',1,'dpt_4bebc7d08692',0,8);
INSERT INTO "job_datapoints" VALUES('job_5397fd37bcd1',2,'dpt_d9970b081c96',0,8);
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DOUBLE NOT NULL, 
	completed_at DOUBLE, 
	running_since DOUBLE, 
	ran_for DOUBLE NOT NULL, 
	pace DOUBLE NOT NULL, 
	datapoint_count INTEGER NOT NULL, 
	settled_count INTEGER NOT NULL, 
	response_count INTEGER NOT NULL, 
	simulated_count INTEGER NOT NULL, 
	cost DOUBLE DEFAULT '0' NOT NULL, 
	preceding_job_id VARCHAR, 
	failed_at DOUBLE, 
	failure_message TEXT, 
	review_reason VARCHAR, 
	stale_at_end BOOLEAN, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_d57b790a6f95','Texts:1','jdf_9ba487dfb546',1,'global','ppl_969e5a88ed4f','Completed',1800000136.0,1.80000013759904789918e+09,NULL,1.59904789924621582031e+00,1.0,3,3,9,9,0.09,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_78197d893087','Pictures:1','jdf_35c444153911',1,'aud_b0cd9c7675cf','ppl_67fb127eb9d6','Completed',1800000154.0,1.80000015465114402771e+09,NULL,6.511440277099609375e-01,1.0,1,1,2,2,0.02,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_5397fd37bcd1','Halfway:1','jdf_892c8ce4db39',1,'global','ppl_489f9b34bee0','Paused',1800000180.0,NULL,NULL,0.5,1.0,3,0,1,1,0.01,NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE labelers (
	id VARCHAR NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	age VARCHAR NOT NULL, 
	gender VARCHAR NOT NULL, 
	occupation VARCHAR NOT NULL, 
	device VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "labelers" VALUES('sim_00000',1,'MX','es','65+','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00001',1,'ES','es','40-49','Male','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00002',1,'ID','id','65+','Female','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00003',1,'MX','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00004',1,'IN','en','18-29','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00005',1,'MX','es','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00006',1,'DE','de','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00007',1,'FR','fr','65+','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00008',1,'SE','sv','50-64','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00009',1,'DE','de','18-29','Female','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00010',1,'US','en','18-29','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00011',1,'CO','es','30-39','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00012',1,'RO','ro','18-29','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00013',1,'MX','es','30-39','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00014',1,'FR','fr','50-64','Male','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00015',1,'ES','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00016',1,'MA','ar','65+','Male','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00017',1,'MY','ms','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00018',1,'IN','en','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00019',1,'MA','ar','50-64','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00020',1,'PH','en','65+','Female','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00021',1,'FR','fr','65+','Male','Employed','Unknown');
INSERT INTO "labelers" VALUES('sim_00022',1,'KE','en','65+','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00023',1,'TR','tr','30-39','Female','Employed','Tablet');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	owner VARCHAR, 
	notes JSON NOT NULL, 
	settled_at DOUBLE, 
	made_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_b0cd9c7675cf');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_714bc9e7618e');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_d4d22665800d"}',1800000120.0,'jdf_9ba487dfb546');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_d25983e6fbf3"}',1800000120.0,'jdf_35c444153911');
INSERT INTO "ledger" VALUES(5,'877ac77d032af6066ca6ca9369de0bd0d0935233ae6f9507d09a7a3f9b06369f','job',1800000136.0,NULL,'{}',1800000136.0,'job_d57b790a6f95');
INSERT INTO "ledger" VALUES(6,'e0d12e876bdb1d09f41a3bf7368f511d86575f79830a998398bcc3b676d8a147','job',1800000154.0,NULL,'{}',1800000154.0,'job_78197d893087');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000154.0,NULL,'{"dataset_id": "dst_503ed060e604"}',1800000154.0,'jdf_88b0c5c84f62');
INSERT INTO "ledger" VALUES(8,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000164.0,NULL,'{"dataset_id": "dst_4bf4213d12fe"}',1800000164.0,'jdf_892c8ce4db39');
INSERT INTO "ledger" VALUES(9,'542a7f0114de7ba4dd35c484f7fb4cc12820378d8a606d62cae2c74c2be39564','job',1800000180.0,NULL,'{}',1800000180.0,'job_5397fd37bcd1');
CREATE TABLE preliminary_downloads (
	id VARCHAR NOT NULL, 
	job_id VARCHAR NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "preliminary_downloads" VALUES('preliminary_downloads_id','job_5397fd37bcd1',0);
CREATE TABLE quotes (
	id VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	job_definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	run_after VARCHAR NOT NULL, 
	repeat BOOLEAN NOT NULL, 
	estimate DOUBLE NOT NULL, 
	shortfall DOUBLE NOT NULL, 
	question TEXT NOT NULL, 
	expires_at DOUBLE NOT NULL, 
	state VARCHAR NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "quotes" VALUES('quo_6d3b0b5cdeedcf18280c6474','local','jdf_9ba487dfb546',1,'global','',0,0.09,0.0,'Start "Texts" on "Global", 3 pairs, about 9 responses at most, estimated at $0.09 (a few late responses can add to it) of a balance of $50.00? This is a rehearsal: its labelers are simulated, not people.',1800001030.0,'used','job_d57b790a6f95');
INSERT INTO "quotes" VALUES('quo_3150d74adb0f99067c9fd57a','local','jdf_35c444153911',1,'aud_b0cd9c7675cf','',0,0.02,0.0,'Start "Pictures" on "Readers", 1 pair, about 2 responses at most, estimated at $0.02 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001048.0,'used','job_78197d893087');
INSERT INTO "quotes" VALUES('quo_012ad3cbe78cc586fc310083','local','jdf_88b0c5c84f62',1,'global','',0,0.1,0.0,'Start "Draft" on "Global", 1 pair, about 10 responses at most, estimated at $0.10 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001064.0,'open',NULL);
INSERT INTO "quotes" VALUES('quo_39ed4e4517c9231d6bfb79dd','local','jdf_892c8ce4db39',1,'global','',0,0.36,0.0,'Start "Halfway" on "Global", 3 pairs, about 36 responses at most, estimated at $0.36 (a few late responses can add to it) of a balance of $49.89? This is a rehearsal: its labelers are simulated, not people.',1800001074.0,'used','job_5397fd37bcd1');
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	answer JSON, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	shown_at INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_d57b790a6f95',1,'sim_00000',1,NULL,0.9128,1,1.80000013662820410728e+09,NULL);
INSERT INTO "responses" VALUES(2,'job_d57b790a6f95',2,'sim_00001',0,NULL,0.6853,1,1.80000013672531723983e+09,NULL);
INSERT INTO "responses" VALUES(3,'job_d57b790a6f95',2,'sim_00004',0,NULL,0.8589,1,1.80000013675276637073e+09,NULL);
INSERT INTO "responses" VALUES(4,'job_d57b790a6f95',0,'sim_00005',0,NULL,0.8946,1,1.80000013693166828147e+09,NULL);
INSERT INTO "responses" VALUES(5,'job_d57b790a6f95',0,'sim_00003',0,NULL,0.6866,1,1.80000013697804450985e+09,NULL);
INSERT INTO "responses" VALUES(6,'job_d57b790a6f95',1,'sim_00001',1,NULL,0.6853,1,1.80000013716233587266e+09,NULL);
INSERT INTO "responses" VALUES(7,'job_d57b790a6f95',0,'sim_00000',0,NULL,0.9128,1,1.80000013724590849882e+09,NULL);
INSERT INTO "responses" VALUES(8,'job_d57b790a6f95',1,'sim_00002',1,NULL,0.8051,1,1.80000013740487360951e+09,NULL);
INSERT INTO "responses" VALUES(9,'job_d57b790a6f95',2,'sim_00005',0,NULL,0.8946,1,1.80000013759904789918e+09,NULL);
INSERT INTO "responses" VALUES(10,'job_78197d893087',0,'sim_00001',0,NULL,0.6,1,1.80000015433395647995e+09,NULL);
INSERT INTO "responses" VALUES(11,'job_78197d893087',0,'sim_00003',1,NULL,0.6,1,1.80000015465114402771e+09,NULL);
INSERT INTO "responses" VALUES(12,'job_5397fd37bcd1',0,'sim_00019',0,NULL,0.0352,1,1.80000018048445606239e+09,NULL);
CREATE TABLE revisions (
	definition_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	workflow JSON NOT NULL, 
	referee JSON NOT NULL, 
	feature_flags JSON NOT NULL, 
	campaign_feature_flags JSON NOT NULL, 
	aggregator_type VARCHAR, 
	validation_set_id VARCHAR, 
	base_revision_number INTEGER, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (definition_id, number), 
	FOREIGN KEY(definition_id) REFERENCES definitions (id) ON DELETE CASCADE, 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "revisions" VALUES('jdf_9ba487dfb546',1,'ppl_fcfd7537af00','dst_d4d22665800d','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_35c444153911',1,'ppl_69737907c181','dst_d25983e6fbf3','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_88b0c5c84f62',1,'ppl_5291eb93acd3','dst_503ed060e604','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',NULL,NULL,NULL,1800000154.0);
INSERT INTO "revisions" VALUES('jdf_892c8ce4db39',1,'ppl_679ec6915e13','dst_4bf4213d12fe','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',NULL,NULL,NULL,1800000164.0);
CREATE TABLE spends (
	"key" VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	estimate DOUBLE NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY ("key")
);
INSERT INTO "spends" VALUES('start 5','local','2027-01-15',0.09,'job_d57b790a6f95');
INSERT INTO "spends" VALUES('start 6','local','2027-01-15',0.02,'job_78197d893087');
INSERT INTO "spends" VALUES('start 9','local','2027-01-15',0.36,'job_5397fd37bcd1');
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','f14650b0-a5c6-4e29-aab3-16361be01353.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','d505ac1b-036e-4681-8eb0-496093281f69.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_by_load ON job_datapoints (job_id, settled, load, position);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE INDEX handouts_of_labeler ON handouts (labeler_id, state, since);
CREATE INDEX handouts_of_job ON handouts (job_id, state, since);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
CREATE INDEX ix_spends_day ON spends (day);
CREATE INDEX ix_spends_job_id ON spends (job_id);
COMMIT;

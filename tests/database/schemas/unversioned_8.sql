-- Written by the program as of commit 85e7f01, which gave the schema no version.
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
INSERT INTO "assets" VALUES('3a2d8e2b-8609-4335-9e06-2b98c1a7ef8c.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
INSERT INTO "assets" VALUES('59cd74bf-f419-447f-8d65-42104e4df504.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
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
INSERT INTO "assignments" VALUES('job_d3e620b0e940','sim_00000',0.9128,NULL,13.0,1);
INSERT INTO "assignments" VALUES('job_d3e620b0e940','sim_00001',0.6853,NULL,13.0,2);
INSERT INTO "assignments" VALUES('job_d3e620b0e940','sim_00002',0.8051,NULL,13.0,2);
INSERT INTO "assignments" VALUES('job_d3e620b0e940','sim_00003',0.6866,NULL,13.0,1);
INSERT INTO "assignments" VALUES('job_d3e620b0e940','sim_00004',0.8589,NULL,13.0,1);
INSERT INTO "assignments" VALUES('job_d3e620b0e940','sim_00005',0.8946,NULL,13.0,2);
INSERT INTO "assignments" VALUES('job_13398e4ee96a','sim_00000',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_13398e4ee96a','sim_00001',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_13398e4ee96a','sim_00002',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_13398e4ee96a','sim_00003',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_13398e4ee96a','sim_00004',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_13398e4ee96a','sim_00005',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00000',0.9128,1,8.31920100027754738647e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00001',0.6853,1,6.94990035223007396325e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00002',0.8051,2,7.80294051932693744078e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00003',0.6866,2,8.07494207767912808293e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00004',0.8589,1,5.63347388416699623725e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00005',0.8946,0,7.1890491414910884238e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00006',0.8725,0,6.14955567861484420077e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00007',0.8061,2,0.978808163755996,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00008',0.7177,2,1.44062907176507692952e+00,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00009',0.7929,2,1.23719126445766525179e+00,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00010',0.815,1,1.03851949185253067398e+00,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00011',0.7714,1,1.33501355672944699293e+00,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00012',0.8861,1,0.825454092327999,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00013',0.8656,0,9.34917922942765433624e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00014',0.7068,0,9.59488002024604158535e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00015',0.7307,0,9.54286881505171491468e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00016',0.8712,2,6.56089084277027501101e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00017',0.8185,2,1.45706187599162,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00018',0.7812,1,1.34475844646873277099e+00,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00019',0.0352,0,5.46791723321027212101e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00020',0.4345,2,8.78675507781276454721e-01,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00021',0.9082,1,1.38813130401733508811e+00,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00022',0.7888,0,1.26733084818862762332e+00,0);
INSERT INTO "assignments" VALUES('job_82af461aa0a7','sim_00023',0.6593,0,1.02063235006610231181e+00,0);
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
INSERT INTO "audiences" VALUES('aud_8250cf72ebee','custom',NULL,'Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_37df5cd9b3ff','custom',NULL,'Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_129060b8e16a','40be60a5-0241-44bd-a81c-374a71d3b47b','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "3a2d8e2b-8609-4335-9e06-2b98c1a7ef8c.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "59cd74bf-f419-447f-8d65-42104e4df504.jpg", "warnings": []}]');
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
INSERT INTO "candidates" VALUES('aud_8250cf72ebee','sim_00000','Graduated',3,3,1.80000000045109725e+09,1.80000000233986878397e+09,NULL);
INSERT INTO "candidates" VALUES('aud_8250cf72ebee','sim_00001','Graduated',3,3,1.80000000101778435705e+09,1.80000000249782085414e+09,NULL);
INSERT INTO "candidates" VALUES('aud_8250cf72ebee','sim_00002','Graduated',3,3,1.80000000089301443097e+09,1.80000000351895642278e+09,NULL);
INSERT INTO "candidates" VALUES('aud_8250cf72ebee','sim_00003','Graduated',3,3,1.8000000014905219078e+09,1.80000000367285442354e+09,NULL);
INSERT INTO "candidates" VALUES('aud_8250cf72ebee','sim_00004','Graduated',3,3,1.80000000137024903298e+09,1.80000000263544201852e+09,NULL);
INSERT INTO "candidates" VALUES('aud_8250cf72ebee','sim_00005','Graduated',3,3,1.80000000027589249608e+09,1.80000000182564926145e+09,NULL);
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
INSERT INTO "datapoints" VALUES('dpt_2d8d33a086a9','dst_616f1fcdc5d5',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 0"}, {"_t": "TextAssetInput", "text": "second text 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_97d7b6eccf12','dst_616f1fcdc5d5',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 1"}, {"_t": "TextAssetInput", "text": "second text 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_dd36bb0fa63a','dst_616f1fcdc5d5',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 2"}, {"_t": "TextAssetInput", "text": "second text 2"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_84437033356b','dst_b29a09919331',0,1800000120.0,'["3a2d8e2b-8609-4335-9e06-2b98c1a7ef8c.jpg", "59cd74bf-f419-447f-8d65-42104e4df504.jpg"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": "3a2d8e2b-8609-4335-9e06-2b98c1a7ef8c.jpg"}, {"_t": "ExistingAssetInput", "name": "59cd74bf-f419-447f-8d65-42104e4df504.jpg"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_b3792a388e44','dst_809f91f6a419',0,1800000154.0,'["a", "b"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "a"}, {"_t": "TextAssetInput", "text": "b"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_bcb1b4462b22','dst_684195cb9966',0,1800000164.0,'["one 0", "two 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 0"}, {"_t": "TextAssetInput", "text": "two 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_df849921a2ca','dst_684195cb9966',1,1800000164.0,'["one 1", "two 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 1"}, {"_t": "TextAssetInput", "text": "two 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_ef98e5c12fc8','dst_684195cb9966',2,1800000164.0,'["one 2", "two 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 2"}, {"_t": "TextAssetInput", "text": "two 2"}]}}]',NULL,'null');
CREATE TABLE dataset_groups (
	dataset_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	context TEXT, 
	segments JSON NOT NULL, 
	PRIMARY KEY (dataset_id, name), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "dataset_groups" VALUES('dst_616f1fcdc5d5','dataset_groups_name','dataset_groups_context','[]');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_616f1fcdc5d5','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_b29a09919331','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_809f91f6a419','Draft_dataset','null',1800000154.0);
INSERT INTO "datasets" VALUES('dst_684195cb9966','Halfway_dataset','null',1800000164.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_28a2062bb67b','Texts',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_5662b5361532','Pictures',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_d356af3fd7f6','Draft',1800000154.0,NULL);
INSERT INTO "definitions" VALUES('jdf_65d474ef6cee','Halfway',1800000164.0,NULL);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_c6c6c3e060a2','sim_00005',1,1.80000000079247808454e+09);
INSERT INTO "example_responses" VALUES('exm_c6c6c3e060a2','sim_00000',1,1.80000000108068776132e+09);
INSERT INTO "example_responses" VALUES('exm_733c7aae206b','sim_00005',1,1.80000000130906367308e+09);
INSERT INTO "example_responses" VALUES('exm_c6c6c3e060a2','sim_00001',1,1.80000000151112985605e+09);
INSERT INTO "example_responses" VALUES('exm_733c7aae206b','sim_00000',1,1.80000000171027827256e+09);
INSERT INTO "example_responses" VALUES('exm_c6c6c3e060a2','sim_00002',1,1.8000000017683284283e+09);
INSERT INTO "example_responses" VALUES('exm_c6c6c3e060a2','sim_00004',1,1800000001.79198);
INSERT INTO "example_responses" VALUES('exm_24faf982b92d','sim_00005',1,1.80000000182564926145e+09);
INSERT INTO "example_responses" VALUES('exm_733c7aae206b','sim_00001',1,1.80000000200447535514e+09);
INSERT INTO "example_responses" VALUES('exm_733c7aae206b','sim_00004',1,1.80000000221371102334e+09);
INSERT INTO "example_responses" VALUES('exm_c6c6c3e060a2','sim_00003',1,1.80000000221796607972e+09);
INSERT INTO "example_responses" VALUES('exm_24faf982b92d','sim_00000',1,1.80000000233986878397e+09);
INSERT INTO "example_responses" VALUES('exm_24faf982b92d','sim_00001',1,1.80000000249782085414e+09);
INSERT INTO "example_responses" VALUES('exm_24faf982b92d','sim_00004',1,1.80000000263544201852e+09);
INSERT INTO "example_responses" VALUES('exm_733c7aae206b','sim_00002',1,1.80000000264364242563e+09);
INSERT INTO "example_responses" VALUES('exm_733c7aae206b','sim_00003',1,1.80000000294541025163e+09);
INSERT INTO "example_responses" VALUES('exm_24faf982b92d','sim_00002',1,1.80000000351895642278e+09);
INSERT INTO "example_responses" VALUES('exm_24faf982b92d','sim_00003',1,1.80000000367285442354e+09);
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
INSERT INTO "examples" VALUES('exm_733c7aae206b','aud_8250cf72ebee',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_c6c6c3e060a2','aud_8250cf72ebee',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_24faf982b92d','aud_8250cf72ebee',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
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
INSERT INTO "handouts" VALUES('job_13398e4ee96a','sim_00000',0,'InHand',1800000000.0,'handouts_report');
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	load INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_d3e620b0e940',0,'dpt_2d8d33a086a9',1,3);
INSERT INTO "job_datapoints" VALUES('job_d3e620b0e940',1,'dpt_97d7b6eccf12',1,3);
INSERT INTO "job_datapoints" VALUES('job_d3e620b0e940',2,'dpt_dd36bb0fa63a',1,3);
INSERT INTO "job_datapoints" VALUES('job_13398e4ee96a',0,'dpt_84437033356b',1,3);
INSERT INTO "job_datapoints" VALUES('job_82af461aa0a7',0,'dpt_bcb1b4462b22',0,8);
INSERT INTO "job_datapoints" VALUES('job_82af461aa0a7',1,'dpt_df849921a2ca',0,8);
INSERT INTO "job_datapoints" VALUES('job_82af461aa0a7',2,'dpt_ef98e5c12fc8',0,8);
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
	pairs_dataset_id VARCHAR, 
	pairs_made INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_d3e620b0e940','Texts:1','jdf_28a2062bb67b',1,'global','ppl_538de1b21291','Completed',1800000136.0,1.80000013803461742399e+09,NULL,2.03461742401123046875e+00,1.0,3,3,9,9,0.09,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES('job_13398e4ee96a','Pictures:1','jdf_5662b5361532',1,'aud_8250cf72ebee','ppl_0af81b1a02eb','Completed',1800000154.0,1.80000015517217826837e+09,NULL,1.1721782684326171875e+00,1.0,1,1,3,3,0.03,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES('job_82af461aa0a7','Halfway:1','jdf_65d474ef6cee',1,'global','ppl_6775b7b620d1','Paused',1800000180.0,NULL,NULL,0.5,1.0,3,0,0,0,0.0,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL);
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
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_8250cf72ebee');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_37df5cd9b3ff');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_616f1fcdc5d5"}',1800000120.0,'jdf_28a2062bb67b');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_b29a09919331"}',1800000120.0,'jdf_5662b5361532');
INSERT INTO "ledger" VALUES(5,'aee6ffca13abfa0c41bb4142706c0a1e862a496b8b8b3c38b8be92230b09c26f','job',1800000136.0,NULL,'{}',1800000136.0,'job_d3e620b0e940');
INSERT INTO "ledger" VALUES(6,'5480ab3ba198b75a7315cdd10c6a960411d37854f93cd343119914c5609b25a6','job',1800000154.0,NULL,'{}',1800000154.0,'job_13398e4ee96a');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000154.0,NULL,'{"dataset_id": "dst_809f91f6a419"}',1800000154.0,'jdf_d356af3fd7f6');
INSERT INTO "ledger" VALUES(8,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000164.0,NULL,'{"dataset_id": "dst_684195cb9966"}',1800000164.0,'jdf_65d474ef6cee');
INSERT INTO "ledger" VALUES(9,'0f933eb0c38d72d941646d20fd5d2fe70d072b52f0f7900ef250dd486dd5657d','job',1800000180.0,NULL,'{}',1800000180.0,'job_82af461aa0a7');
CREATE TABLE preliminary_downloads (
	id VARCHAR NOT NULL, 
	job_id VARCHAR NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "preliminary_downloads" VALUES('preliminary_downloads_id','job_13398e4ee96a',0);
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
INSERT INTO "quotes" VALUES('quo_fb4cdf86523c7ee11a2ba229','local','jdf_28a2062bb67b',1,'global','',0,0.09,0.0,'Start “Texts” on “Global”, 3 pairs, about 9 responses at most, estimated at $0.09 (a few late responses can add to it) of a balance of $50.00? This is a rehearsal: its labelers are simulated, not people.',1800001030.0,'used','job_d3e620b0e940');
INSERT INTO "quotes" VALUES('quo_b1a5975da01f3fbc060183c8','local','jdf_5662b5361532',1,'aud_8250cf72ebee','',0,0.02,0.0,'Start “Pictures” on “Readers”, 1 pair, about 2 responses at most, estimated at $0.02 (a few late responses can add to it) of a balance of $49.92? This is a rehearsal: its labelers are simulated, not people.',1800001048.0,'used','job_13398e4ee96a');
INSERT INTO "quotes" VALUES('quo_b1cfc44406a1849c45d97e63','local','jdf_d356af3fd7f6',1,'global','',0,0.1,0.0,'Start “Draft” on “Global”, 1 pair, about 10 responses at most, estimated at $0.10 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001064.0,'open',NULL);
INSERT INTO "quotes" VALUES('quo_a757c1e287f5a2c05a331c99','local','jdf_65d474ef6cee',1,'global','',0,0.36,0.0,'Start “Halfway” on “Global”, 3 pairs, about 36 responses at most, estimated at $0.36 (a few late responses can add to it) of a balance of $49.88? This is a rehearsal: its labelers are simulated, not people.',1800001074.0,'used','job_82af461aa0a7');
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
INSERT INTO "responses" VALUES(1,'job_d3e620b0e940',0,'sim_00001',0,NULL,0.6853,1,1.8000001365922880173e+09,NULL);
INSERT INTO "responses" VALUES(2,'job_d3e620b0e940',1,'sim_00002',1,NULL,0.8051,1,1800000136.8942,NULL);
INSERT INTO "responses" VALUES(3,'job_d3e620b0e940',0,'sim_00005',0,NULL,0.8946,1,1.80000013695330381398e+09,NULL);
INSERT INTO "responses" VALUES(4,'job_d3e620b0e940',1,'sim_00004',1,NULL,0.8589,1,1.80000013695570182806e+09,NULL);
INSERT INTO "responses" VALUES(5,'job_d3e620b0e940',1,'sim_00001',1,NULL,0.6853,1,1.8000001369632897377e+09,NULL);
INSERT INTO "responses" VALUES(6,'job_d3e620b0e940',2,'sim_00000',0,NULL,0.9128,1,1.8000001370356462001e+09,NULL);
INSERT INTO "responses" VALUES(7,'job_d3e620b0e940',2,'sim_00003',0,NULL,0.6866,1,1.80000013703771853451e+09,NULL);
INSERT INTO "responses" VALUES(8,'job_d3e620b0e940',2,'sim_00005',0,NULL,0.8946,1,1.80000013730367302896e+09,NULL);
INSERT INTO "responses" VALUES(9,'job_d3e620b0e940',0,'sim_00002',0,NULL,0.8051,1,1.80000013803461742399e+09,NULL);
INSERT INTO "responses" VALUES(10,'job_13398e4ee96a',0,'sim_00004',0,NULL,0.6,1,1.80000015433296799661e+09,NULL);
INSERT INTO "responses" VALUES(11,'job_13398e4ee96a',0,'sim_00000',0,NULL,0.6,1,1.80000015511541557313e+09,NULL);
INSERT INTO "responses" VALUES(12,'job_13398e4ee96a',0,'sim_00003',1,NULL,0.6,1,1.80000015517217826837e+09,NULL);
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
INSERT INTO "revisions" VALUES('jdf_28a2062bb67b',1,'ppl_dbf5cb1dd0e2','dst_616f1fcdc5d5','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_5662b5361532',1,'ppl_c7ed12514353','dst_b29a09919331','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_d356af3fd7f6',1,'ppl_57bf5981ee71','dst_809f91f6a419','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',NULL,NULL,NULL,1800000154.0);
INSERT INTO "revisions" VALUES('jdf_65d474ef6cee',1,'ppl_e0208b929104','dst_684195cb9966','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',NULL,NULL,NULL,1800000164.0);
CREATE TABLE spends (
	"key" VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	estimate DOUBLE NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY ("key")
);
INSERT INTO "spends" VALUES('start 5','local','2027-01-15',0.09,'job_d3e620b0e940');
INSERT INTO "spends" VALUES('start 6','local','2027-01-15',0.02,'job_13398e4ee96a');
INSERT INTO "spends" VALUES('start 9','local','2027-01-15',0.36,'job_82af461aa0a7');
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','3a2d8e2b-8609-4335-9e06-2b98c1a7ef8c.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','59cd74bf-f419-447f-8d65-42104e4df504.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE INDEX job_datapoints_by_load ON job_datapoints (job_id, settled, load, position);
CREATE INDEX handouts_of_job ON handouts (job_id, state, since);
CREATE INDEX handouts_of_labeler ON handouts (labeler_id, state, since);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
CREATE INDEX ix_spends_job_id ON spends (job_id);
CREATE INDEX ix_spends_day ON spends (day);
COMMIT;
